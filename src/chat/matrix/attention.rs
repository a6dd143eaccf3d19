//! What people see before the answer: that their question was heard, and that somebody writes.

use std::pin::pin;
use std::time::Duration;

use matrix_sdk::Room;
use matrix_sdk::ruma::EventId;
use matrix_sdk::ruma::api::client::receipt::create_receipt::v3::ReceiptType;
use matrix_sdk::ruma::events::receipt::ReceiptThread;

/// How long an answer may take before people see that it is under way.
const SOON: Duration = Duration::from_millis(500);

/// How often that is said again: clients forget it after four seconds.
const AGAIN: Duration = Duration::from_millis(3_100);

/// How long saying so may take. Nobody waits for it.
const BRIEFLY: Duration = Duration::from_secs(5);

/// Answers a question, and lets people see that it was heard; also that an answer is written, if that takes longer.
pub(super) async fn attentively<T>(room: &Room, question: &str, answer: impl Future<Output = T>) -> T {
    let mut answer = pin!(answer);
    if let Ok(answered) = tokio::time::timeout(SOON, &mut answer).await {
        // It says by itself that the question was heard, and the receipt does not hold it up.
        tokio::spawn(tell_read(room.clone(), question.to_string()));
        return answered;
    }
    let options = async {
        tell_read(room.clone(), question.to_string()).await;
        loop {
            tell_typing(room, true).await;
            tokio::time::sleep(AGAIN).await;
        }
    };
    let answered = tokio::select! {
        answered = &mut answer => answered,
        () = options => unreachable!("it is shown until the answer is there"),
    };
    tell_typing(room, false).await;
    answered
}

async fn tell_typing(room: &Room, typing: bool) {
    let telling = tokio::time::timeout(BRIEFLY, room.typing_notice(typing));
    if let Ok(Err(error)) = telling.await {
        tracing::debug!(%error, "that an answer is written can't be told");
    }
}

async fn tell_read(room: Room, question: String) {
    let Ok(question) = EventId::parse(question) else { return };
    let receipt = room.send_single_receipt(ReceiptType::Read, ReceiptThread::Unthreaded, question);
    if let Ok(Err(error)) = tokio::time::timeout(BRIEFLY, receipt).await {
        tracing::debug!(%error, "that a question was heard can't be told");
    }
}
