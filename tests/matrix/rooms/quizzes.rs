//! Quizzes in rooms: answers in private chats, and the right one in the question's place.

use crate::homeserver::Scene;
use crate::shared::has;

async fn a_whole_quiz() {
    let mut scene = Scene::set(crate::shared::small()).await;
    scene.env("RAPPORTEUR_MATRIX_ALLOWED_INVITERS", "anyone");
    scene.start().await;
    let ben = scene.homeserver.person("ben").await;
    let (ada, ben) = (&scene.ada, &ben);
    let chats = [scene.chat(ada).await, scene.chat(ben).await];
    for (number, encrypted) in [(1, false), (2, true)] {
        let room = scene.room_with(ben, |new| if encrypted { new.encrypted() } else { new }).await;
        has(&scene.ask(ben, &room, "!quiz 1").await, "The quiz begins");
        let asked = scene.posted(ben, &room, &format!("Quiz {number}, question 1 of 1")).await;
        assert_eq!(asked.is_encrypted(), encrypted);
        assert!(asked.body().contains(&format!("!answer a --quiz {number}")), "{}", asked.body());
        // A reaction would tell everybody, and so would what is written in the room: neither counts.
        assert!(!asked.body().contains("1️⃣"), "{}", asked.body());
        has(&scene.ask(ben, &room, "!answer a").await, "direct chat");
        has(&scene.ask(ada, &chats[0], "!answer a").await, "Your answer is A: ");
        has(&scene.ask(ben, &chats[1], &format!("!answer b --quiz {number}")).await, "Your answer is B: ");
        has(&scene.ask(ben, &room, "!quiz --reveal").await, "The answer is shown");
        let shown = scene.edited(ada, &asked.id, |text| text.contains("The answer is ")).await;
        let (_, letter) = shown.new_body().split_once("The answer is ").unwrap();
        for (person, right) in [(ada, "A"), (ben, "B")] {
            let is_named = shown.new_body().contains(&person.user);
            assert_eq!(is_named, letter.starts_with(right), "{}", shown.new_body());
        }
        has(&scene.ask(ben, &room, "!scores").await, &ada.user);
    }
}

crate::trial::trials![a_whole_quiz,];
