//! People who speak different languages in one channel.

use serde_json::Value;

use super::scene::{Scene, has};
use crate::standin::{NO_OPTIONS, permissions};

#[tokio::test]
async fn each_reads_their_own_language_in_one_channel() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let (ada, luz) = (&scene.ada, &scene.server.member("Luz"));
    discord.set_locale(luz, "es-ES");
    let quote = async |who| discord.slash(who, channel, "quote", [("of", "Paz")]).message().await;
    has(&quote(ada).await, "as reported by Arturo Sarukhan");
    let spanish = quote(luz).await;
    has(&spanish, "según lo cuenta Arturo Sarukhan");
    // The article's own words stay as they are.
    has(&spanish, "Americans didn’t know how to listen");
    // A button is pressed by whoever wants: each reads the answer in their own language.
    let source = discord.press(ada, &spanish, "¿Dónde está en el texto?").message().await;
    has(&source, "**Paragraph**");
    let english = quote(ada).await;
    has(&discord.press(luz, &english, "Where in the text?").message().await, "**Párrafo**");
    // What somebody chose counts more than what their Discord speaks.
    let chosen = discord.slash(luz, channel, "language", [("language", "English")]).message().await;
    has(&chosen, "English");
    has(&quote(luz).await, "as reported by Arturo Sarukhan");
    discord.slash(luz, channel, "language", [("language", "default")]).message().await;
    has(&quote(luz).await, "según lo cuenta Arturo Sarukhan");
    // Mistakes are answered in it too.
    let nothing = discord.slash(luz, channel, "actor", [("name", "Xi Jinping")]).message().await;
    assert!(nothing.ephemeral);
    has(&nothing, "«Xi Jinping»");
    discord.check();
}

#[tokio::test]
async fn a_channel_has_a_language_for_who_chose_none() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let maud = scene.server.member_with("Maud", permissions::MANAGE_GUILD);
    discord.slash(&maud, channel, "room language", [("language", "español")]).message().await;
    // A mention tells no language; the channel does.
    let me = discord.bot().mention();
    let asked = discord.say(&scene.ada, channel, &format!("{me} quote Paz"), None);
    has(&discord.reply_to(&asked).await, "según lo cuenta Arturo Sarukhan");
    // English names of commands are understood in a Spanish channel, and the other way round.
    let asked = discord.say(&scene.ada, channel, &format!("{me} cita Paz"), None);
    has(&discord.reply_to(&asked).await, "según lo cuenta Arturo Sarukhan");
    discord.slash(&maud, channel, "room language", [("language", "default")]).message().await;
    let asked = discord.say(&scene.ada, channel, &format!("{me} cita Paz"), None);
    has(&discord.reply_to(&asked).await, "as reported by Arturo Sarukhan");
    discord.check();
}

#[tokio::test]
async fn the_menu_of_commands_is_in_both_languages() {
    let scene = Scene::with_the_first_article().await;
    let commands = scene.discord.commands(None);
    let quote = commands.iter().find(|it| it["name"] == "quote").unwrap();
    for locale in ["es-ES", "es-419"] {
        assert_eq!(quote["name_localizations"][locale], "cita");
        assert_eq!(quote["description_localizations"][locale], "Encuentra una cita");
    }
    // Every command and every option has a description in both.
    let lacks = |it: &Value| it["description_localizations"]["es-ES"].as_str().is_none_or(str::is_empty);
    let options = |it: &Value| it["options"].as_array().cloned().unwrap_or_default();
    for command in commands.iter().filter(|it| it["type"] == 1) {
        assert!(!lacks(command), "{command}");
        let mut below = options(command);
        while let Some(option) = below.pop() {
            assert!(!lacks(&option), "{option}");
            below.extend(options(&option));
        }
    }
    let help = scene.discord.slash(&scene.ada, &scene.channel, "help", NO_OPTIONS).message().await;
    has(&help, "Find a quotation");
}
