//! English verbs and nouns whose forms no stemmer joins.

/// The other forms of a word whose forms are irregular: "met" and "meet".
pub fn irregular_forms(word: &str) -> Vec<&'static str> {
    let line = IRREGULAR.lines().find(|line| line.split_whitespace().any(|form| form == word));
    line.unwrap_or_default().split_whitespace().filter(|form| *form != word).collect()
}

/// A base form and its others on each line; not those that are words of their own as often ("found", "left", "saw").
const IRREGULAR: &str = "\
arise arose arisen
january jan
february feb
april apr
august aug
september sep sept
october oct
november nov
december dec
bear bore borne
beat beaten
become became
begin began begun
bite bit bitten
bleed bled
blow blew blown
break broke broken
breed bred
bring brought
build built
buy bought
catch caught
child children
choose chose chosen
cling clung
creep crept
deal dealt
die died dying death dead
dig dug
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
flee fled
fly flew flown
foot feet
forbid forbade forbidden
forget forgot forgotten
forgive forgave forgiven
freeze froze frozen
grow grew grown
hang hung
hide hid hidden
hold held
keep kept
kneel knelt
know knew known
lead led
leave leaving
lend lent
lose lost losing loss
man men
meet met
mislead misled
mouse mice
overcome overcame
pay paid
person people
prove proven
ride rode ridden
ring rang rung
rise rose risen
run ran
seek sought
sell sold
send sent
shake shook shaken
shine shone
shoot shot
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
sleep slept
slide slid
speak spoke spoken speech
spend spent
spring sprang sprung
stand stood
steal stole stolen
stick stuck
strike struck stricken
strive strove striven
swear swore sworn
sweep swept
swim swam swum
swing swung
teach taught
tear torn
think thought
throw threw thrown
tooth teeth
understand understood
undertake undertook undertaken
wake woke woken
wear wore worn
weave wove woven
weep wept
wife wives
win won winning
withdraw withdrew withdrawn
woman women
write wrote written
";

#[cfg(test)]
mod tests {
    use super::irregular_forms;

    #[test]
    fn irregular_forms_lead_to_one_another() {
        assert_eq!(irregular_forms("met"), ["meet"]);
        assert_eq!(irregular_forms("steal"), ["stole", "stolen"]);
        assert!(irregular_forms("walked").is_empty());
    }
}
