//! Verification on a real homeserver: how editors verify the bot, and that nobody else can.

use futures::StreamExt;
use matrix_sdk::config::SyncSettings;
use matrix_sdk::encryption::EncryptionSettings;
use matrix_sdk::encryption::verification::{
    Emoji, SasState, SasVerification, VerificationRequest, VerificationRequestState,
};
use matrix_sdk::ruma::api::client::filter::FilterDefinition;
use matrix_sdk::ruma::api::client::sync::sync_events::v3::Filter;
use matrix_sdk::ruma::events::room::member::OriginalSyncRoomMemberEvent;
use matrix_sdk::ruma::events::room::message::OriginalSyncRoomMessageEvent;
use matrix_sdk::ruma::{RoomId, UserId};
use matrix_sdk::{Client, Room};
use serde_json::json;
use tokio::sync::mpsc;

use crate::homeserver::{Account, Homeserver, Scene, Trouble, within};
use crate::shared::{run, small};

/// Somebody with a client on matrix-sdk, as Element X is one.
struct Editor {
    client: Client,
    heard: mpsc::UnboundedReceiver<(String, String)>,
    syncing: tokio::task::JoinHandle<()>,
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.syncing.abort();
    }
}

impl Editor {
    async fn new(homeserver: &Homeserver, account: &Account) -> Editor {
        let settings =
            EncryptionSettings { auto_enable_cross_signing: true, ..EncryptionSettings::default() };
        let client = Client::builder()
            .homeserver_url(homeserver.url())
            .respect_login_well_known(false)
            .with_encryption_settings(settings)
            .build()
            .await
            .unwrap();
        client.matrix_auth().login_username(&account.user_id, &account.password).await.unwrap();
        client.encryption().wait_for_e2ee_initialization_tasks().await;
        let (told, heard) = mpsc::unbounded_channel();
        let told_too = told.clone();
        client.add_event_handler(move |event: OriginalSyncRoomMessageEvent| {
            let _ = told.send((event.sender.to_string(), event.content.body().to_string()));
            std::future::ready(())
        });
        let told = told_too;
        client.add_event_handler(move |event: OriginalSyncRoomMemberEvent| {
            let _ =
                told.send((event.state_key.to_string(), format!("membership {}", event.content.membership)));
            std::future::ready(())
        });
        // Nothing that is said is left out when much happens at a time.
        let mut all = FilterDefinition::default();
        all.room.timeline.limit = Some(1_000_u32.into());
        let how = SyncSettings::default().filter(Filter::FilterDefinition(all));
        let syncing = client.clone();
        let syncing = tokio::spawn(async move { syncing.sync(how).await.unwrap() });
        Editor { client, heard, syncing }
    }

    /// A direct chat with the bot, which has come.
    async fn direct_chat(&mut self, bot: &str) -> Room {
        let bot = UserId::parse(bot).unwrap();
        let room = self.client.create_dm(&bot).await.unwrap();
        self.hears(bot.as_str(), "membership join").await;
        room
    }

    /// Waits until the bot says this.
    async fn hears(&mut self, bot: &str, text: &str) -> String {
        let hearing = async {
            loop {
                let (sender, body) = self.heard.recv().await.unwrap();
                if sender == bot && body.contains(text) {
                    return body;
                }
            }
        };
        within(format_args!("{text:?} from the bot"), hearing).await
    }

    /// Asks the bot to be verified: in the direct chat, or from device to device.
    async fn ask_for_verification(&self, bot: &str, device: Option<&str>) -> VerificationRequest {
        let bot = UserId::parse(bot).unwrap();
        let encryption = self.client.encryption();
        match device {
            None => {
                let identity = encryption.request_user_identity(&bot).await.unwrap().unwrap();
                identity.request_verification().await.unwrap()
            }
            Some(device) => {
                let device = encryption.get_device(&bot, device.into()).await.unwrap().unwrap();
                device.request_verification().await.unwrap()
            }
        }
    }

    /// Asks the homeserver until this side knows whom it has verified: the library writes that down a moment after
    /// it says that the verification is done.
    async fn becomes_sure_of(&self, bot: &str) -> bool {
        for _ in 0..200 {
            if self.is_sure_of(bot).await {
                return true;
            }
        }
        false
    }

    async fn is_sure_of(&self, bot: &str) -> bool {
        let bot = UserId::parse(bot).unwrap();
        let identity = self.client.encryption().request_user_identity(&bot).await.unwrap();
        identity.is_some_and(|it| it.is_verified())
    }
}

/// Goes on until both sides can show their emoji, and gives those of this side.
async fn exchange(request: &VerificationRequest) -> (SasVerification, [Emoji; 7]) {
    let mut changes = request.changes();
    let ready = async {
        while !request.is_ready() {
            match changes.next().await {
                Some(VerificationRequestState::Cancelled(why)) => panic!("cancelled: {}", why.reason()),
                Some(_) => {}
                None => panic!("the request is over"),
            }
        }
    };
    within("a verification that is ready", ready).await;
    let sas = request.start_sas().await.unwrap().unwrap();
    let mut changes = sas.changes();
    let exchanged = async {
        while let Some(state) = changes.next().await {
            if let SasState::KeysExchanged { emojis, .. } = state {
                return emojis.unwrap().emojis;
            }
        }
        panic!("no emoji")
    };
    let emoji = within("emoji", exchanged).await;
    (sas, emoji)
}

/// Waits until a request or what became of it was cancelled.
async fn cancelled(request: &VerificationRequest) {
    let mut changes = request.changes();
    let waiting = async {
        while !request.is_cancelled() {
            assert!(changes.next().await.is_some(), "the request is over");
        }
    };
    within("a cancelled verification", waiting).await;
}

async fn done(sas: &SasVerification) {
    let mut changes = sas.changes();
    let waiting = async {
        while !sas.is_done() {
            assert!(!sas.is_cancelled(), "{:?}", sas.cancel_info());
            assert!(changes.next().await.is_some(), "the verification is over");
        }
    };
    within("a verification that is done", waiting).await;
}

/// A bot that runs and is signed, and somebody who is an editor.
async fn with_editor() -> (Scene<'static>, Editor) {
    let mut scene = Scene::set(small()).await;
    let account = scene.homeserver.register("edith").await;
    scene.env("RAPPORTEUR_ACCESS_EDITORS", &format!("matrix:{}", account.user_id));
    scene.env("RAPPORTEUR_MATRIX_ALLOWED_INVITERS", "anyone");
    scene.start().await;
    scene.running().logs("the encryption is set up").await;
    let editor = Editor::new(scene.homeserver, &account).await;
    (scene, editor)
}

fn named(emoji: &[Emoji; 7]) -> String {
    emoji.iter().map(|it| format!("{} {}", it.symbol, it.description)).collect::<Vec<_>>().join(", ")
}

async fn an_editor_verifies_the_bot_in_the_direct_chat() {
    let (mut scene, mut editor) = with_editor().await;
    let me = scene.me().to_string();
    editor.direct_chat(&me).await;
    let request = editor.ask_for_verification(&me, None).await;
    let (sas, emoji) = exchange(&request).await;
    // The same ones are in the chat and in the log.
    let said = editor.hears(&me, "Mine are").await;
    assert!(said.contains(&named(&emoji)), "{said}: {}", named(&emoji));
    scene.running().logs(&named(&emoji)).await;
    assert!(said.contains("my log"), "{said}");
    // The bot confirms nothing before the human does.
    assert!(!sas.is_done() && !editor.is_sure_of(&me).await);
    sas.confirm().await.unwrap();
    done(&sas).await;
    assert!(editor.becomes_sure_of(&me).await);
    editor.hears(&me, "You have verified me").await;
    scene.running().logs("a verification is done").await;
}

async fn an_editor_verifies_the_bot_from_device_to_device() {
    let (mut scene, mut editor) = with_editor().await;
    let me = scene.me().to_string();
    editor.direct_chat(&me).await;
    let device = scene.homeserver.devices(&me).await.remove(0);
    // Emoji that are not the same end it, and another try is a new one.
    let request = editor.ask_for_verification(&me, Some(&device)).await;
    let (sas, emoji) = exchange(&request).await;
    let said = editor.hears(&me, "Mine are").await;
    assert!(said.contains(&named(&emoji)), "{said}");
    sas.mismatch().await.unwrap();
    editor.hears(&me, "cancelled").await;
    assert!(!editor.is_sure_of(&me).await);
    let request = editor.ask_for_verification(&me, Some(&device)).await;
    let (sas, emoji) = exchange(&request).await;
    scene.running().logs(&named(&emoji)).await;
    sas.confirm().await.unwrap();
    done(&sas).await;
    assert!(editor.becomes_sure_of(&me).await);
}

async fn others_can_not_verify_the_bot_and_are_told() {
    let (mut scene, mut editor) = with_editor().await;
    let me = scene.me().to_string();
    let account = scene.homeserver.register("ben").await;
    let mut ben = Editor::new(scene.homeserver, &account).await;
    ben.direct_chat(&me).await;
    let device = scene.homeserver.devices(&me).await.remove(0);
    for device in [None, Some(device.as_str())] {
        let request = ben.ask_for_verification(&me, device).await;
        cancelled(&request).await;
    }
    ben.hears(&me, "Only editors").await;
    scene.running().logs("a verification is cancelled").await;
    // An editor where others listen.
    let room = editor.direct_chat(&me).await;
    room.invite_user_by_id(&UserId::parse(&account.user_id).unwrap()).await.unwrap();
    ben.client.join_room_by_id(&RoomId::parse(room.room_id().as_str()).unwrap()).await.unwrap();
    let request = json!({
        "msgtype": "m.key.verification.request",
        "body": "Please verify me",
        "from_device": editor.client.device_id().unwrap(),
        "methods": ["m.sas.v1"],
        "to": me,
    });
    room.send_raw("m.room.message", request).await.unwrap();
    editor.hears(&me, "from a direct chat").await;
}

async fn another_device_of_the_account_gets_nothing_by_verification() {
    let (scene, _editor) = with_editor().await;
    let other = Editor::new(scene.homeserver, &scene.account).await;
    let own = scene.homeserver.devices(scene.me()).await;
    let bot = own.iter().find(|it| it.as_str() != other.client.device_id().unwrap().as_str()).unwrap();
    let request = other.ask_for_verification(scene.me(), Some(bot)).await;
    cancelled(&request).await;
    let identity = scene.ada.identity(scene.me()).await;
    assert!(!identity.devices[other.client.device_id().unwrap().as_str()], "{identity:?}");
}

async fn status_prints_the_fingerprints() {
    let (scene, _editor) = with_editor().await;
    let identity = scene.ada.identity(scene.me()).await;
    let grouped = |key: &str| {
        let letters: Vec<char> = key.chars().collect();
        letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
    };
    let (device, _) = identity.devices.iter().next().unwrap();
    let body = json!({"device_keys": {scene.me(): []}});
    let keys = scene.ada.raw("POST", "/_matrix/client/v3/keys/query", Some(body)).await;
    let key = &keys["device_keys"][scene.me()][device]["keys"][format!("ed25519:{device}")];
    let status = run(&scene.bot, &["matrix", "status"]).await;
    status.code(0).says(&format!("Fingerprint    {}\n", grouped(key.as_str().unwrap())));
    status.says(&format!("Master key     {}\n", grouped(identity.master.as_deref().unwrap())));
    // Nothing else is asked of the homeserver, whoever makes trouble.
    scene.proxy.fail(|call| call.path.ends_with("/keys/query"), Trouble::Status(502), 1);
    run(&scene.bot, &["matrix", "status"]).await.code(3);
}

crate::trial::trials![
    an_editor_verifies_the_bot_in_the_direct_chat,
    an_editor_verifies_the_bot_from_device_to_device,
    others_can_not_verify_the_bot_and_are_told,
    another_device_of_the_account_gets_nothing_by_verification,
    status_prints_the_fingerprints,
];
