//! What people see before an answer that takes long: a receipt for their question, and that somebody is typing.

use std::pin::pin;
use std::time::Duration;

use matrix_sdk::Room;
use matrix_sdk::ruma::EventId;
use matrix_sdk::ruma::api::client::receipt::create_receipt::v3::ReceiptType;
use matrix_sdk::ruma::events::receipt::ReceiptThread;

/// The time that an answer may take before people see that it is under way.
const SOON: Duration = Duration::from_millis(500);

/// The interval of typing notices: clients forget one after four seconds.
const AGAIN: Duration = Duration::from_millis(3_100);

/// The longest time for sending a notice. Nobody waits for it.
const BRIEFLY: Duration = Duration::from_secs(5);

/// Waits for the answer to a question. If that takes long, sends a receipt for the question and typing notices; an answer
/// that is there at once shows by itself that the question was received.
pub(super) async fn attentively<T>(room: &Room, question: &str, answer: impl Future<Output = T>) -> T {
    let mut answer = pin!(answer);
    if let Ok(answered) = tokio::time::timeout(SOON, &mut answer).await {
        return answered;
    }
    let notices = async {
        send_receipt(room, question).await;
        loop {
            send_typing(room, true).await;
            tokio::time::sleep(AGAIN).await;
        }
    };
    let answered = tokio::select! {
        answered = &mut answer => answered,
        () = notices => unreachable!("notices are sent until the answer is there"),
    };
    send_typing(room, false).await;
    answered
}

async fn send_typing(room: &Room, typing: bool) {
    let sending = tokio::time::timeout(BRIEFLY, room.typing_notice(typing));
    if let Ok(Err(error)) = sending.await {
        tracing::debug!(%error, "a typing notice can't be sent");
    }
}

async fn send_receipt(room: &Room, question: &str) {
    let Ok(question) = EventId::parse(question) else { return };
    let receipt = room.send_single_receipt(ReceiptType::Read, ReceiptThread::Unthreaded, question);
    if let Ok(Err(error)) = tokio::time::timeout(BRIEFLY, receipt).await {
        tracing::debug!(%error, "a receipt can't be sent");
    }
}
