//! The bot's account on a real homeserver: how it logs in, and how it looks.

use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use crate::common::Bot;
use crate::homeserver::{Auth, Homeserver, Running, Scene};
use crate::shared::{run, small};

/// How long access tokens are good for where they are to run out. Synapse believes in one until then.
const LIFETIME: Duration = Duration::from_secs(3);

/// What is kept of the login.
fn kept(bot: &Bot) -> Value {
    let text = std::fs::read_to_string(bot.data().join("matrix/session.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// An access token of a new device of the bot, made elsewhere.
async fn token_of(scene: &Scene<'_>) -> (String, String) {
    let body = json!({
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": scene.me()},
        "password": scene.account.password,
    });
    let given = scene.ada.raw("POST", "/_matrix/client/v3/login", Some(body)).await;
    let text = |key: &str| given[key].as_str().unwrap().to_string();
    (text("device_id"), text("access_token"))
}

async fn a_token_after_a_wrong_password_is_taken() {
    let mut scene = Scene::set(small()).await;
    let (device, token) = token_of(&scene).await;
    scene.env("MATRIX_PASSWORD", "not it");
    run(&scene.bot, &["matrix", "login"]).await.code(3).complains("does not take the password");
    scene.env("MATRIX_PASSWORD", "");
    scene.env("MATRIX_ACCESS_TOKEN", &token);
    run(&scene.bot, &["matrix", "login"]).await.code(0).says(&device);
    // Now the folder holds the keys of that device.
    let (other, token) = token_of(&scene).await;
    scene.env("MATRIX_ACCESS_TOKEN", &token);
    run(&scene.bot, &["matrix", "login"]).await.code(3).complains("holds the keys").complains(&other);
}

async fn where_no_password_is_taken_the_token_is_named() {
    let homeserver = Homeserver::start().await;
    let mut scene = Scene::on(&homeserver, small()).await;
    let (device, token) = token_of(&scene).await;
    homeserver.restart_with("password_config: { enabled: false }").await;
    let login = run(&scene.bot, &["matrix", "login"]).await;
    login
        .code(3)
        .complains("takes no passwords")
        .complains("MATRIX_ACCESS_TOKEN")
        .never_says("can't do this");
    scene.env("MATRIX_PASSWORD", "");
    let login = run(&scene.bot, &["matrix", "login"]).await;
    login.code(3).complains("takes no passwords").complains("MATRIX_ACCESS_TOKEN");
    scene.env("MATRIX_ACCESS_TOKEN", &token);
    run(&scene.bot, &["matrix", "login"]).await.code(0).says(&device);
    // And it answers.
    scene.start().await;
    let room = scene.room(|new| new.encrypted()).await;
    let answer = scene.ask(&scene.ada, &room, "!quote Paz").await;
    assert!(answer.body().contains("silence is a door"), "{}", answer.body());
}

/// Logs in by code, and gives what was printed.
async fn log_in_by_code(scene: &Scene<'_>, auth: &Auth) -> String {
    let mut login = Running::of(&scene.bot, &["matrix", "login"]);
    let code = auth.code().await;
    login.prints(&code).await;
    login.prints(&auth.address()).await;
    auth.allow(&code, scene.name());
    let status = login.ended().await;
    assert!(status.success(), "{}{}", login.output(), login.log());
    login.prints("rapporteur run").await;
    login.output()
}

/// A homeserver that leaves logins to another service, and the bot without a password.
async fn delegated<'h>(homeserver: &'h Homeserver) -> (Scene<'h>, Auth) {
    let mut scene = Scene::on(homeserver, small()).await;
    let auth = Auth::take_over(homeserver, &[&scene.ada]).await;
    scene.env("MATRIX_PASSWORD", "");
    (scene, auth)
}

async fn a_login_without_a_password() {
    let homeserver = Homeserver::start().await;
    let (mut scene, auth) = delegated(&homeserver).await;
    // Only a person at a terminal can allow it.
    let mut running = Running::start(&scene.bot);
    running.logs("Run `rapporteur matrix login`").await;
    running.logs("MATRIX_ACCESS_TOKEN").await;
    assert!(!running.ended().await.success());
    // A password is of no use, and the login goes on without it.
    scene.env("MATRIX_PASSWORD", &scene.account.password.clone());
    auth.lifetime(LIFETIME);
    let output = log_in_by_code(&scene, &auth).await;
    assert!(output.contains("takes no passwords") && output.contains("recovery key"), "{output}");
    scene.env("MATRIX_PASSWORD", "");
    let registered = auth.registrations();
    assert_eq!(registered.len(), 1);
    assert_eq!(registered[0]["client_name"], "Rapporteur");
    assert_eq!(registered[0]["token_endpoint_auth_method"], "none");
    let grants = registered[0]["grant_types"].to_string();
    assert!(grants.contains("device_code") && grants.contains("refresh_token"), "{grants}");
    let first = kept(&scene.bot);
    assert!(output.contains(first["device"].as_str().unwrap()), "{output}");
    for secret in ["token", "refresh_token"] {
        assert!(!output.contains(first[secret].as_str().unwrap()), "{output}");
    }
    let file = scene.bot.data().join("matrix/session.json");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);

    // It answers, and goes on when its access token has run out.
    auth.watch(file);
    scene.start().await;
    let room = scene.room(|new| new.encrypted()).await;
    let is_right = |text: &str| assert!(text.contains("silence is a door"), "{text}");
    is_right(scene.ask(&scene.ada, &room, "!quote Paz").await.body());
    auth.until_refreshed(auth.refreshed() + 1).await;
    is_right(scene.ask(&scene.ada, &room, "!quote Paz").await.body());
    let renewed = kept(&scene.bot);
    assert_ne!(renewed["refresh_token"], first["refresh_token"]);
    assert_eq!(renewed["device"], first["device"]);
    assert!(!scene.running().log().contains(renewed["token"].as_str().unwrap()));
    // `status` asks with what the bot has, and leaves the renewal to it.
    run(&scene.bot, &["matrix", "status"]).await.code(0).says("Running        yes");

    // A power cut loses nothing: the next start has what was renewed last.
    scene.kill();
    run_out(&scene.bot);
    scene.start().await;
    is_right(scene.ask(&scene.ada, &room, "!quote Paz").await.body());
    scene.end().await;
    // Without a bot that runs it renews by itself, and keeps that.
    run_out(&scene.bot);
    let before = kept(&scene.bot);
    run(&scene.bot, &["matrix", "status"])
        .await
        .code(0)
        .says("Running        no")
        .says("this device is signed");
    assert_ne!(kept(&scene.bot)["refresh_token"], before["refresh_token"]);
    scene.start().await;
    is_right(scene.ask(&scene.ada, &room, "!quote Paz").await.body());
    assert_eq!(auth.unwritten(), Vec::<String>::new(), "used before it was written down");
    let identity = scene.ada.identity(scene.me()).await;
    assert_eq!(identity.devices.len(), 1, "{identity:?}");
    assert!(identity.is_whole && identity.devices.values().all(|signed| *signed), "{identity:?}");
}

/// The access token of a bot that does not run is good no longer.
fn run_out(bot: &Bot) {
    let mut known = kept(bot);
    known["token"] = json!("over");
    std::fs::write(bot.data().join("matrix/session.json"), known.to_string()).unwrap();
}

async fn a_login_that_can_not_be_renewed() {
    let homeserver = Homeserver::start().await;
    let (mut scene, auth) = delegated(&homeserver).await;
    auth.lifetime(LIFETIME);
    log_in_by_code(&scene, &auth).await;
    let device = kept(&scene.bot)["device"].clone();
    scene.start().await;
    let room = scene.room(|new| new.encrypted()).await;
    scene.ask(&scene.ada, &room, "!quote Paz").await;
    // The service is away for a while: that passes, and what was asked meanwhile is answered.
    auth.down(true);
    scene.running().logs("trying again").await;
    let asked = scene.ada.say(&room, "!quote Paz").await;
    auth.down(false);
    scene.answer(&scene.ada, &asked).await;
    // It wants nothing more to do with us: that lasts, and says what to do.
    auth.end_logins();
    scene.running().logs("to log in again: run `rapporteur matrix login`").await;
    assert!(!scene.running().ended().await.success());
    let asked = scene.ada.say(&room, "!quote river").await;
    assert!(kept(&scene.bot)["token"].is_null() && kept(&scene.bot)["refresh_token"].is_null());
    scene.running = None;
    // The same device logs in again, though the service has forgotten the program; then it answers.
    auth.forget_clients();
    log_in_by_code(&scene, &auth).await;
    assert_eq!(kept(&scene.bot)["device"], device);
    scene.start().await;
    let answer = scene.answer(&scene.ada, &asked).await;
    assert!(answer.body().contains("belongs to nobody"), "{}", answer.body());
    assert!(answer.is_encrypted());
    // A device that was removed meanwhile can't come back with its old keys.
    auth.remove_device(scene.name(), device.as_str().unwrap()).await;
    assert!(!scene.running().ended().await.success());
    scene.running = None;
    let mut login = Running::of(&scene.bot, &["matrix", "login"]);
    auth.allow(&auth.code().await, scene.name());
    login.logs("MATRIX_RECOVERY_KEY").await;
    assert!(!login.ended().await.success());
    assert!(login.log().contains("has removed device"), "{}", login.log());
}

async fn a_login_that_is_not_allowed() {
    let homeserver = Homeserver::start().await;
    let (scene, auth) = delegated(&homeserver).await;
    let attempt = async |decide: &dyn Fn(&str), told: &str| {
        let mut login = Running::of(&scene.bot, &["matrix", "login"]);
        decide(&auth.code().await);
        login.logs(told).await;
        assert!(!login.ended().await.success());
    };
    attempt(&|code| auth.refuse(code), "refused in the browser").await;
    attempt(&|code| auth.let_run_out(code), "the code has run out").await;
    // Whoever is logged in in the browser may be somebody else.
    let ada = scene.ada.user[1..].split(':').next().unwrap();
    let other = format!("{} was logged in, but the settings name {}", scene.ada.user, scene.me());
    attempt(&|code| auth.allow(code, ada), &other).await;
    assert!(kept(&scene.bot)["token"].is_null());
    // One registration is enough for all of them.
    assert_eq!(auth.registrations().len(), 1);
    log_in_by_code(&scene, &auth).await;
    // Where devices can't log in, there is the token.
    std::fs::remove_dir_all(scene.bot.data()).unwrap();
    auth.without_devices();
    homeserver.restart().await;
    let login = run(&scene.bot, &["matrix", "login"]).await;
    login.code(3).complains("takes no passwords").complains("MATRIX_ACCESS_TOKEN");
}

async fn a_login_of_an_earlier_version_is_taken_up() {
    let mut scene = Scene::set(small()).await;
    run(&scene.bot, &["matrix", "login"]).await.code(0);
    let now = kept(&scene.bot);
    let before = json!({"user": now["user"], "device": now["device"], "token": now["token"]});
    std::fs::write(scene.bot.data().join("matrix/session.json"), before.to_string()).unwrap();
    scene.env("MATRIX_PASSWORD", "");
    scene.start().await;
    let room = scene.room(|new| new.encrypted()).await;
    scene.ask(&scene.ada, &room, "!quote Paz").await;
    scene.end().await;
    // One that had no token, because it was taken away, logs in again on its device.
    let before = json!({"user": now["user"], "device": now["device"], "token": null});
    std::fs::write(scene.bot.data().join("matrix/session.json"), before.to_string()).unwrap();
    scene.env("MATRIX_PASSWORD", &scene.account.password.clone());
    scene.start().await;
    scene.ask(&scene.ada, &room, "!quote Paz").await;
    assert_eq!(scene.homeserver.devices(scene.me()).await.len(), 1);
}

async fn the_first_login_gives_a_name_and_a_picture() {
    let mut scene = Scene::set(small()).await;
    let profile = async |scene: &Scene<'_>| {
        scene.ada.raw("GET", &format!("/_matrix/client/v3/profile/{}", scene.me()), None).await
    };
    // As the settings say, nothing.
    scene.env("RAPPORTEUR_MATRIX_DISPLAY_NAME", "");
    scene.env("RAPPORTEUR_MATRIX_AVATAR", "");
    run(&scene.bot, &["matrix", "login"]).await.code(0);
    let found = profile(&scene).await;
    assert_eq!((&found["displayname"], &found["avatar_url"]), (&json!(scene.name()), &Value::Null));
    // Our own.
    scene.bot = std::mem::replace(&mut scene.bot, Bot::new())
        .without_env("RAPPORTEUR_MATRIX_DISPLAY_NAME")
        .without_env("RAPPORTEUR_MATRIX_AVATAR");
    let login = run(&scene.bot, &["matrix", "login"]).await;
    login.code(0).says("Rapporteur").says("picture");
    let found = profile(&scene).await;
    assert_eq!(found["displayname"], "Rapporteur");
    let picture = found["avatar_url"].as_str().unwrap().to_string();
    // What is there stays, whoever set it.
    let path = format!("/_matrix/client/v3/profile/{}/displayname", scene.me());
    let (_, token) = token_of(&scene).await;
    let me = matrix_sdk::reqwest::Client::new().put(format!("{}{path}", scene.homeserver.url()));
    let set =
        me.bearer_auth(token).body(json!({"displayname": "The reader"}).to_string()).send().await.unwrap();
    assert!(set.status().is_success());
    scene.env("RAPPORTEUR_MATRIX_DISPLAY_NAME", "Another");
    scene.env("RAPPORTEUR_MATRIX_AVATAR", "nowhere.png");
    run(&scene.bot, &["matrix", "login"]).await.code(0).never_says("Another").never_says("nowhere");
    let found = profile(&scene).await;
    assert_eq!((&found["displayname"], &found["avatar_url"]), (&json!("The reader"), &json!(picture)));
}

async fn a_picture_that_is_none_is_no_end_of_the_login() {
    let mut scene = Scene::set(small()).await;
    scene.env("RAPPORTEUR_MATRIX_AVATAR", "nowhere.png");
    run(&scene.bot, &["matrix", "login"]).await.code(0).says("picture can't be set").says("nowhere.png");
    std::fs::write(scene.bot.home().join("text.png"), "no picture").unwrap();
    scene.env("RAPPORTEUR_MATRIX_AVATAR", "text.png");
    run(&scene.bot, &["matrix", "login"]).await.code(0).says("neither PNG nor JPEG");
}

crate::trial::trials![
    a_token_after_a_wrong_password_is_taken,
    where_no_password_is_taken_the_token_is_named,
    a_login_without_a_password,
    a_login_that_can_not_be_renewed,
    a_login_that_is_not_allowed,
    a_login_of_an_earlier_version_is_taken_up,
    the_first_login_gives_a_name_and_a_picture,
    a_picture_that_is_none_is_no_end_of_the_login,
];
