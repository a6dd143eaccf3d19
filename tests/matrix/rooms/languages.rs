//! People who speak different languages in one room.

use crate::homeserver::Scene;
use crate::shared::has;

async fn each_reads_their_own_language_in_one_room() {
    let scene = Scene::with_the_first_article().await;
    let (ben, luz) = (scene.homeserver.person("ben").await, scene.homeserver.person("luz").await);
    for encrypted in [false, true] {
        let room = scene
            .room_with(&ben, |new| {
                let new = new.invite(&luz.user);
                if encrypted { new.encrypted() } else { new }
            })
            .await;
        luz.join(&room).await;
        has(&scene.ask(&luz, &room, "!idioma español").await, "español");
        has(&scene.ask(&luz, &room, "!cita Paz").await, "según lo cuenta Arturo Sarukhan");
        // English names of commands are understood from who reads Spanish, and the other way round.
        has(&scene.ask(&luz, &room, "!quote Paz").await, "según lo cuenta Arturo Sarukhan");
        has(&scene.ask(&ben, &room, "!quote Paz").await, "as reported by Arturo Sarukhan");
        has(&scene.ask(&ben, &room, "!cita Paz").await, "as reported by Arturo Sarukhan");
        // The article's own words stay as they are.
        has(&scene.ask(&luz, &room, "!cita Paz").await, "Americans didn’t know how to listen");
        // What moderators set counts for who chose nothing.
        has(&scene.ask(&scene.ada, &room, "!room language español").await, "Spanish");
        has(&scene.ask(&ben, &room, "!quote Paz").await, "según lo cuenta Arturo Sarukhan");
        has(&scene.ask(&ben, &room, "!language English").await, "English");
        has(&scene.ask(&ben, &room, "!quote Paz").await, "as reported by Arturo Sarukhan");
        scene.ask(&ben, &room, "!language default").await;
    }
}

crate::trial::trials![each_reads_their_own_language_in_one_room,];
