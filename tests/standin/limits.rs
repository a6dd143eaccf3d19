//! Rate limits, and the faults that a test asks for.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::Config;

/// Something that is to go wrong with the next requests on some routes.
#[derive(Clone, Debug)]
pub struct Fault {
    /// A part of the route, such as `POST /channels/{id}/messages` or `callback`.
    pub route: String,
    pub kind: FaultKind,
    /// How many requests it is still for.
    pub left: usize,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum FaultKind {
    /// Answers with this status, such as 500 or 502, and does nothing.
    Status(u16),
    /// Does what is asked, but answers with this status.
    LostAnswer(u16),
    /// Waits before it does anything.
    Slow(Duration),
    /// Does what is asked at once, but answers only later.
    SlowAnswer(Duration),
    /// Answers 429, for this route.
    Limited { retry_after: Duration },
    /// Answers 429, for everything but the interactions' routes.
    LimitedGlobally { retry_after: Duration },
    /// Answers 429 on this route because of others (`X-RateLimit-Scope: shared`).
    LimitedShared { retry_after: Duration },
}

/// A limit that was run into.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Scope {
    User,
    Global,
    Shared,
}

/// What the headers say about a route.
#[derive(Clone, Debug)]
pub struct Allowance {
    pub limit: u32,
    pub remaining: u32,
    pub reset_after: Duration,
    pub bucket: String,
}

#[derive(Debug)]
pub enum Verdict {
    Free(Option<Allowance>),
    Limited {
        scope: Scope,
        retry_after: Duration,
        allowance: Option<Allowance>,
        /// The test asked for it.
        staged: bool,
        /// It came although it had been told to wait.
        early: Option<Duration>,
    },
}

#[derive(Default, Debug)]
pub struct Buckets {
    windows: HashMap<String, (Instant, u32)>,
    /// Until when nothing may come on a route, or (under "") on any route; and whether it was staged.
    blocked: HashMap<String, (Instant, Scope, bool)>,
    global: Option<(Instant, u32)>,
}

/// A bot that waits as long as it is told may still come a little early: the answer says it with
/// milliseconds only.
const GRACE: Duration = Duration::from_millis(5);

impl Buckets {
    /// Whether a request may come now. `key` is the route with its top-level resource.
    #[expect(clippy::too_many_lines, reason = "the limits, in the order in which Discord checks them")]
    pub fn admit(
        &mut self,
        config: &Config,
        route: &str,
        key: &str,
        of_interactions: bool,
        staged: Option<(Scope, Duration)>,
        now: Instant,
    ) -> Verdict {
        for place in ["", key] {
            if (place.is_empty() && of_interactions) || (!place.is_empty() && key.is_empty()) {
                continue;
            }
            if let Some((until, scope, was_staged)) = self.blocked.get(place).copied() {
                if until > now + GRACE {
                    let left = until - now;
                    return Verdict::Limited {
                        scope,
                        retry_after: left,
                        allowance: None,
                        staged: was_staged,
                        early: Some(left),
                    };
                }
                self.blocked.remove(place);
            }
        }
        if let Some((scope, retry_after)) = staged {
            let place = if scope == Scope::Global { "" } else { key };
            self.blocked.insert(place.to_owned(), (now + retry_after, scope, true));
            let allowance = (scope != Scope::Global).then(|| Allowance {
                limit: config.route_limit.0,
                remaining: 0,
                reset_after: retry_after,
                bucket: bucket(route),
            });
            return Verdict::Limited { scope, retry_after, allowance, staged: true, early: None };
        }
        if let Some(limit) = config.global_limit.filter(|_| !of_interactions) {
            let second = Duration::from_secs(1);
            let (start, count) = self.global.filter(|(start, _)| now < *start + second).unwrap_or((now, 0));
            if count >= limit {
                let retry_after = start + second - now;
                self.blocked.insert(String::new(), (now + retry_after, Scope::Global, false));
                return Verdict::Limited {
                    scope: Scope::Global,
                    retry_after,
                    allowance: None,
                    staged: false,
                    early: None,
                };
            }
            self.global = Some((start, count + 1));
        }
        if of_interactions && route.ends_with("callback") {
            // Discord does not tell limits for the first answer.
            return Verdict::Free(None);
        }
        let (limit, per) = config.route_limit;
        let window = self.windows.entry(key.to_owned()).or_insert((now, 0));
        if now >= window.0 + per {
            *window = (now, 0);
        }
        let reset_after = window.0 + per - now;
        if window.1 >= limit {
            self.blocked.insert(key.to_owned(), (now + reset_after, Scope::User, false));
            let allowance = Allowance { limit, remaining: 0, reset_after, bucket: bucket(route) };
            return Verdict::Limited {
                scope: Scope::User,
                retry_after: reset_after,
                allowance: Some(allowance),
                staged: false,
                early: None,
            };
        }
        window.1 += 1;
        Verdict::Free(Some(Allowance {
            limit,
            remaining: limit - window.1,
            reset_after,
            bucket: bucket(route),
        }))
    }
}

/// A name for the bucket of a route, that looks like one of Discord's.
fn bucket(route: &str) -> String {
    let hash = route
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}
