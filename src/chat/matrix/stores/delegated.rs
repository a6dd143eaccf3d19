//! Stores that are another one in most things.

/// Implements a trait of a store that has another as its field `inner`, and what that has answered in `reads`. Which
/// methods it has of its `own`; which answers of the other are `kept` until one of the `changing` is called; and which
/// are `passed` on.
macro_rules! delegated {
    ($store:ident: $trait:ident for $inner:ty {
        own { $($own:tt)* }
        kept { $(fn $kept:ident($($kept_name:ident: $kept_type:ty),*) -> $keeps:ty;)* }
        changing { $(fn $changing:ident($($changing_name:ident: $changing_type:ty),*) -> $changes:ty;)* }
        passed { $(fn $passed:ident($($passed_name:ident: $passed_type:ty),*) -> $passes:ty;)* }
    }) => {
        #[async_trait]
        impl $trait for $store {
            type Error = <$inner as $trait>::Error;

            $($own)*

            $(async fn $kept(&self, $($kept_name: $kept_type),*) -> Result<$keeps, Self::Error> {
                let question = format!("{} {:?}", stringify!($kept), ($(&$kept_name,)*));
                self.reads.through(question, self.inner.$kept($($kept_name),*)).await
            })*

            $(async fn $changing(&self, $($changing_name: $changing_type),*) -> Result<$changes, Self::Error> {
                let done = self.inner.$changing($($changing_name),*).await;
                // It may have failed halfway.
                self.reads.forget();
                done
            })*

            $(async fn $passed(&self, $($passed_name: $passed_type),*) -> Result<$passes, Self::Error> {
                self.inner.$passed($($passed_name),*).await
            })*
        }
    };
}

pub(super) use delegated;
