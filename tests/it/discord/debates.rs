//! Debates on Discord: from the moderator's command over everybody's buttons to the result.
#![expect(clippy::disallowed_methods, reason = "the program runs in real time")]

use std::time::{Duration, Instant};

use crate::common::{Bot, pack};
use crate::discord::scene::{Running, Scene, has, labels, patient, wait_until};
use crate::standin::{Call, Channel, ChannelKind, Member, Message, NO_OPTIONS, Server, permissions};

const MOTION: &str = "The treaty should have opened the border to people";

impl Scene {
    fn moderator(&self) -> Member {
        self.server.member_with("Maud", permissions::MANAGE_GUILD)
    }

    pub async fn do_as(
        &self,
        who: &Member,
        place: &Channel,
        line: &str,
        options: &[(&str, &str)],
    ) -> Message {
        self.discord.slash(who, place, line, options.to_vec()).message().await
    }

    /// Waits for a post of the bot's in a channel.
    pub async fn posted(&self, place: &Channel, text: &str) -> Message {
        let last = || self.discord.bot_messages(place).into_iter().rfind(|it| it.text().contains(text));
        wait_until(text, || last().is_some()).await;
        last().unwrap()
    }
}

/// The thread on a message, which has the message's id.
fn thread_on(server: &Server, channel: &Channel, message: &Message) -> Channel {
    Channel {
        id: message.id,
        server: Some(server.id),
        parent: Some(channel.id),
        kind: ChannelKind::PublicThread,
        name: MOTION.into(),
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a debate from its opening to its result")]
async fn a_whole_debate() {
    let scene = Scene::with(&pack()).await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let maud = scene.moderator();
    let people = ["Ada", "Ben", "Cleo", "Dora"].map(|name| scene.server.member(name));
    let [ada, ben, cleo, dora] = &people;
    assert!(discord.sees(ada, channel, "debate vote") && discord.sees(ada, channel, "point for"));
    has(&scene.do_as(ada, channel, "debate open", &[("motion", MOTION)]).await, "moderators");

    let opened = scene.do_as(&maud, channel, "debate open", &[("motion", MOTION)]).await;
    assert!(opened.ephemeral);
    has(&opened, "Debate 1 is open");
    let vote = scene.posted(channel, "Debate 1: vote").await;
    has(&vote, MOTION);
    assert_eq!(labels(&vote), ["For", "Against", "Undecided"]);
    for (who, button) in [(ada, "For"), (ben, "Against"), (cleo, "Undecided"), (dora, "Undecided")] {
        let own = discord.press(who, &vote, button).message().await;
        assert!(own.ephemeral, "{}", own.text());
        has(&own, &format!("Your vote: {}", button.to_lowercase()));
        assert_eq!(labels(&own), [""; 0], "what is secret is not shared");
    }
    assert!(scene.do_as(dora, channel, "debate vote", &[("vote", "against")]).await.ephemeral);
    let me = discord.bot().mention();
    let asked = discord.say(dora, channel, &format!("{me} debate vote for"), None);
    has(&discord.reply_to(&asked).await, "use the slash command");
    assert_eq!(discord.look(&vote).edits, 0, "the post does not tell who votes how");

    has(&scene.do_as(&maud, channel, "debate next", &[]).await, "the discussion begins");
    let argue = scene.posted(channel, "Debate 1: argue").await;
    let thread = thread_on(&scene.server, channel, &argue);
    scene.posted(&thread, "Points for and against go here").await;
    let options = [("words", "Nobody has tried to mend it *since* @everyone"), ("cite", "f-nobody")];
    let point = scene.do_as(ada, &thread, "point for", &options).await;
    assert!(!point.ephemeral);
    has(&point, "Point 1, for the motion");
    has(&point, "Claimed by the author");
    has(&point, "\\*since\\*");
    let own = discord.press(ada, &point, "▲ Good point").message().await;
    has(&own, "your own");
    let own = discord.press(ben, &point, "▲ Good point").message().await;
    assert!(own.ephemeral);
    has(&own, "▲ 1");
    let line = format!("{me} point against The treaty was about goods and nothing else");
    let said = discord.say(ben, &thread, &line, None);
    has(&discord.reply_to(&said).await, "Point 2, against the motion");
    has(&scene.do_as(cleo, channel, "points", &[]).await, "1 ▲ 1");

    has(&scene.do_as(&maud, &thread, "debate next", &[]).await, "the second vote begins");
    let again = scene.posted(channel, "Debate 1: vote again").await;
    for (who, button) in [(ada, "For"), (ben, "For"), (cleo, "For"), (dora, "Against")] {
        discord.press(who, &again, button).message().await;
    }
    has(&discord.press(dora, &vote, "For").message().await, "Your vote: for");
    has(&discord.press(dora, &again, "Against").message().await, "Your vote: against");
    has(&scene.do_as(&maud, channel, "debate next", &[]).await, "the result is posted");
    let result = scene.posted(channel, "Debate 1: the result").await;
    for text in [
        "“For” moved more people",
        "1 for · 2 against · 1 undecided",
        "3 for · 1 against · 0 undecided",
        "1 from against to for",
        "Best points against (1 of 1)",
    ] {
        has(&result, text);
    }
    has(&discord.press(ada, &result, "Export").message().await, "[Motion]:");
    has(&discord.press(ada, &again, "For").message().await, "This debate is over");
    assert!(discord.pinging().is_empty());
    discord.check();
}

#[tokio::test]
async fn where_threads_can_not_be_opened_points_go_into_the_channel() {
    let scene = Scene::with(&pack()).await;
    let maud = scene.moderator();
    let thread = scene.server.thread(&scene.channel, "Walls");
    scene.do_as(&maud, &thread, "debate open", &[("motion", MOTION)]).await;
    scene.do_as(&maud, &thread, "debate next", &[]).await;
    scene.posted(&thread, "I can't open a thread here").await;
    has(
        &scene
            .do_as(&scene.ada, &thread, "point for", &[("words", "Goods crossed it and people did not")])
            .await,
        "Point 1",
    );
    assert!(scene.discord.refused().iter().all(|it| it.path.ends_with("/threads")));
    // Where the bot may not write, the moderator reads that.
    let quiet = scene.server.channel("quiet");
    scene.server.overwrite_role(&quiet, &scene.server.everyone(), 0, permissions::SEND_MESSAGES);
    scene.server.overwrite_role(&quiet, &scene.server.own_role(), 0, permissions::SEND_MESSAGES);
    let opened = scene.do_as(&maud, &quiet, "debate open", &[("motion", MOTION)]).await;
    has(&opened, "I could not post this");
}

#[tokio::test]
async fn two_hundred_members_vote_within_five_seconds() {
    let scene = Scene::new(patient(), Bot::new().pack("doors.toml", pack().text())).start().await;
    let maud = scene.moderator();
    scene.do_as(&maud, &scene.channel, "debate open", &[("motion", MOTION)]).await;
    let votes: Vec<Call> = (0..200)
        .map(|number| {
            let member = scene.server.member(&format!("m{number}"));
            Call::slash(&member, &scene.channel, "debate vote").option("vote", "for")
        })
        .collect();
    let blast = scene.discord.blast(&votes, 40.0, Duration::from_secs(30)).await;
    assert!(blast.outcomes.iter().all(|outcome| outcome.settled.is_some()), "every vote is answered");
    let shown = scene.discord.slash(&maud, &scene.channel, "debate show", NO_OPTIONS).message().await;
    has(&shown, "200");
    scene.discord.check();
}

fn is_post(message: &Message, title: &str) -> bool {
    message.text().contains(title) && message.raw.get("nonce").is_some()
}

#[tokio::test]
async fn the_program_may_be_killed_whenever_it_likes() {
    let mut scene = Scene::new(patient(), Bot::new().pack("doors.toml", pack().text())).start().await;
    let maud = scene.moderator();
    let people: Vec<Member> = (0..3).map(|number| scene.server.member(&format!("m{number}"))).collect();
    let words = [": vote\n", ": argue\n", ": vote again\n", ": the result\n"];
    for number in 0..12_usize {
        let (round, phase) = (number / 4 + 1, number % 4);
        let options: &[(&str, &str)] = if phase == 0 { &[("motion", MOTION)] } else { &[] };
        let command = if phase == 0 { "debate open" } else { "debate next" };
        scene.discord.slash(&maud, &scene.channel, command, options.to_vec());
        tokio::time::sleep(Duration::from_millis(u64::try_from(number).unwrap() * 4)).await;
        scene.running().child.kill().unwrap();
        scene.running().ended().await;
        let is_cut = || scene.discord.connections().last().is_some_and(|it| it.end.is_some());
        wait_until("the end of its connection", is_cut).await;
        scene.running = Some(Running::start(&scene.bot));
        scene.discord.wait_ready().await;
        scene.discord.wait_command("quote").await;
        // Its answer may be lost: who gave the command looks what became of it, and gives it again.
        let reached = |shown: &Message| shown.text().contains(&format!("Debate {round}{}", words[phase]));
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let shown = scene.do_as(&maud, &scene.channel, "debate show", &[]).await;
            if reached(&shown) {
                break;
            }
            assert!(Instant::now() < until, "{}", shown.text());
            scene.do_as(&maud, &scene.channel, command, options).await;
        }
        // `/debate show` is answered in the channel too: posts have a nonce.
        let title = format!("Debate {round}{}", words[phase]);
        let is_posted = || scene.discord.bot_messages(&scene.channel).iter().any(|it| is_post(it, &title));
        wait_until(&title, is_posted).await;
        if phase % 2 == 0 {
            for who in &people {
                has(&scene.do_as(who, &scene.channel, "debate vote", &[("vote", "for")]).await, "Your vote");
            }
        }
        if phase == 3 {
            let result = scene.posted(&scene.channel, &format!("Debate {round}: the result")).await;
            has(&result, "3 for · 0 against");
        }
    }
    let posts = scene.discord.bot_messages(&scene.channel);
    for round in 1..=3 {
        for word in words {
            let title = format!("Debate {round}{word}");
            assert_eq!(posts.iter().filter(|it| is_post(it, &title)).count(), 1, "{title}");
        }
    }
}

#[tokio::test]
async fn a_prompt_has_a_thread_to_talk_in() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let prompt = scene.do_as(&scene.ada, channel, "discuss", &[]).await;
    has(&prompt, "For discussion");
    let thread = thread_on(&scene.server, channel, &prompt);
    scene.posted(&thread, "Talk about it here").await;
    let me = discord.bot().mention();
    let asked = discord.say(&scene.ada, channel, &format!("{me} discuss"), None);
    let prompt = discord.reply_to(&asked).await;
    scene.posted(&thread_on(&scene.server, channel, &prompt), "Talk about it here").await;
    // In a thread, and alone with the bot, people talk where they are; what only one person sees has no thread.
    scene.do_as(&scene.ada, &thread, "discuss", &[]).await;
    scene.do_as(&scene.ada, &discord.dm(&scene.ada), "discuss", &[]).await;
    let call = Call::slash(&scene.ada, channel, "discuss").option("private", true);
    assert!(discord.send(&call).message().await.ephemeral);
    scene.quote("Paz").await;
    assert_eq!(discord.requests().iter().filter(|it| it.path.ends_with("/threads")).count(), 2);
    assert!(discord.pinging().is_empty());
    discord.check();
}

#[tokio::test]
async fn who_asks_for_a_prompt_reads_where_no_thread_can_be_opened() {
    let scene = Scene::with_the_first_article().await;
    let quiet = scene.server.channel("quiet");
    for role in [scene.server.everyone(), scene.server.own_role()] {
        scene.server.overwrite_role(&quiet, &role, 0, permissions::CREATE_PUBLIC_THREADS);
    }
    let asked = scene.discord.slash(&scene.ada, &quiet, "discuss", NO_OPTIONS);
    has(&asked.message().await, "For discussion");
    let aside = asked.followup(0).await;
    assert!(aside.ephemeral);
    has(&aside, "I may not open a thread here");
    assert!(scene.discord.refused().iter().all(|it| it.path.ends_with("/threads")));
}
