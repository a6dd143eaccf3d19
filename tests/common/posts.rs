//! An outbox that keeps what is posted, in the place of a platform's.

use std::sync::Mutex;

use async_trait::async_trait;
use rapporteur::answer::Answer;
use rapporteur::outbox::{Outbox, Post, PostError};
use rapporteur::platform::Place;

/// What is posted, by its key: the same key is one post, as on the platforms.
#[derive(Default)]
pub struct Posts {
    posted: Mutex<Vec<(String, String, Answer)>>,
    /// What posting fails with, as long as there is something.
    fails: Mutex<Option<fn() -> PostError>>,
    no_threads: bool,
}

impl Posts {
    /// Where no threads can be opened.
    pub fn without_threads() -> Posts {
        Posts { no_threads: true, ..Posts::default() }
    }

    pub fn fail(&self, with: Option<fn() -> PostError>) {
        *self.fails.lock().unwrap() = with;
    }

    pub fn keys(&self) -> Vec<String> {
        self.posted.lock().unwrap().iter().map(|(_, key, _)| key.clone()).collect()
    }

    /// Somebody removes all of them.
    pub fn remove_all(&self) {
        self.posted.lock().unwrap().clear();
    }

    pub fn last(&self) -> Answer {
        self.posted.lock().unwrap().last().unwrap().2.clone()
    }
}

#[async_trait]
impl Outbox for Posts {
    async fn post(&self, place: &Place, answer: &Answer, key: &str) -> Result<Post, PostError> {
        if let Some(error) = *self.fails.lock().unwrap() {
            return Err(error());
        }
        // Others come in between.
        tokio::task::yield_now().await;
        let mut posted = self.posted.lock().unwrap();
        if !posted.iter().any(|(_, known, _)| known == key) {
            posted.push((place.to_string(), key.into(), answer.clone()));
        }
        Ok(Post { place: place.clone(), id: key.into() })
    }

    async fn edit(&self, post: &Post, answer: &Answer) -> Result<(), PostError> {
        let mut posted = self.posted.lock().unwrap();
        match posted.iter_mut().find(|(_, key, _)| *key == post.id) {
            Some((_, _, shown)) => *shown = answer.clone(),
            None => return Err(PostError::Refused("it is gone".into())),
        }
        Ok(())
    }

    async fn open_thread(
        &self,
        post: &Post,
        _: &str,
        first: &Answer,
        key: &str,
    ) -> Result<Option<Place>, PostError> {
        if self.no_threads {
            return Err(PostError::Refused("no threads".into()));
        }
        let thread = Place { id: format!("{}9", post.place.id), ..post.place.clone() };
        self.post(&thread, first, key).await?;
        Ok(Some(thread))
    }

    async fn has_member(&self, place: &Place, person: &str) -> bool {
        place.id == "1" && person != "discord:stranger"
    }
}
