### Qué dice un paquete que su texto no dice, y la ayuda. Lo que va entre acentos graves es código.

proof-text-empty = el texto está vacío
proof-name-file-has-article-s = nombra el archivo que tiene el texto del artículo
proof-lines-text-end-middle-sentences = las líneas del texto terminan en mitad de las frases, así que no se pueden contar sus párrafos
proof-join-lines-each-paragraph-every = une las líneas de cada párrafo: cada línea es un párrafo (docs/editing-an-article.md, parte 1, dice cómo)
proof-text-another-article-pack-s = este es el texto de otro artículo: { $missing } de los { $places } lugares del paquete no están en él
proof-name-pack-s-own-text = nombra el texto del paquete; este empieza «{ $beginning }»
proof-pack-was-made-from-another = el paquete se hizo con otra versión del texto
proof-compare-two-if-all-well = compara los dos; si todo está bien, escribe { $value }
proof-pack-does-say-which-text = el paquete no dice de qué texto se hizo
proof-add = añade { $value }
proof-line-text-nearest-write = la línea { $number } del texto es la más parecida: escribe { $line }
proof-no-line-text-like-if = ninguna línea del texto se le parece: si la sección no tiene título, escribe { $heading }
proof-text-has-no-heading = el texto no tiene el título «{ $heading }»
proof-text-has-only-paragraphs = el texto solo tiene { $count } párrafos
proof-write-shows-how-they-are = escribe `last = { $count }`; `check --numbers` muestra cómo se cuentan
proof-text-goes-on-paragraph-after = el texto sigue hasta el párrafo { $count }, tras la sección { $last }
proof-write-add-another-section = escribe `last = { $count }`, o añade otra sección
proof-quote-s-stand-more-than = las `words` de la cita están más de una vez en su `exact`
proof-let-begin-end-closer-one = haz que `exact` empiece o termine más cerca de la que quieres
proof-leave-out-quote-s-own = quita `exact`: las palabras de la cita marcan su lugar
proof-leave-out-tell-place-by = quita `exact` y señala el lugar con `prefix` o `suffix`
proof-quote-s-don-t-stand = las `words` de la cita no están en este `exact`
proof-quote-s-stand-paragraph = las `words` de la cita están en el párrafo { $number }, y su `exact` en el { $paragraph }
proof-write-quote-s-own-words = escribe `source = { "{" } paragraph = { $number } { "}" }`: las palabras de la cita marcan su lugar
proof-text-has-no-paragraph = el texto no tiene párrafo { $paragraph }
proof-paragraphs-go-from = los párrafos van del 1 al { $value }
proof-single-word-marks-no-place = una sola palabra no marca un lugar
proof-leave-out-words-stand-there = quita `prefix` y `suffix`: las palabras están ahí una vez
proof-text-words-stand-between-others = en el texto las palabras no están entre este `prefix` y este `suffix`
proof-these-words-stand-times-paragraph = estas palabras están { $times } veces en el párrafo { $paragraph }
proof-paragraph-has-nearly-same-pack =
    el párrafo { $number } tiene casi lo mismo:
    paquete: { $ours }
    texto: { $theirs_marked }
    escribe { $theirs }
proof-copy-them-from-paragraph-word = cópialas del párrafo { $paragraph }, palabra por palabra: nada en el texto se les parece
proof-these-words-are-text = estas palabras no están en el texto
proof-has-quotation-marks-are-text = `{ $key }` tiene comillas que no están en el texto
proof-write = escribe { $bare }
proof-copy-passage-without-gap = copia un pasaje sin saltos
proof-write-2 = escribe { $one }
proof-make-two-quotes-keep-one = haz dos citas, { $one } y { $two }, o conserva una
proof-write-part-enough-mark-place = escribe { $one }: basta una parte para marcar el lugar
proof-leaves-out-words-text-nothing = `{ $key }` omite palabras del texto, y no se puede omitir nada
proof-these-words-are-heading-headings = estas palabras están en un título, «{ $line }», y los títulos no son párrafos
proof-take-words-paragraph = toma palabras de un párrafo
proof-these-words-go-over-end = estas palabras pasan del final del párrafo { $number }
proof-take-part-one-paragraph-write = toma la parte de un párrafo: escribe { $longer }
proof-write-wording-text-s = escribe { $near }: las palabras son las del texto
proof-copy-text-s-wording-leave = copia las palabras del texto, o quita `text` y escribe `by = "editor"`
proof-paragraph = «{ $wording }» no está en el párrafo { $number }
proof-text = «{ $wording }» no está en el texto
proof-words-are-paragraph = las palabras no están en el párrafo { $named }
proof-text-has-no-paragraph-2 = el texto no tiene párrafo { $named }
proof-they-are-paragraph-write = están en el párrafo { $found }: escribe `paragraph = { $found }`
proof-from-paragraph-on-places-are = desde el párrafo { $named }, { $count } lugares están { $by } o más párrafos después en el texto de lo que dice el paquete
proof-compare-with-name-heading-counted = compara con `check --numbers`: nombra un título que se cuenta como párrafo, o quita lo que no es del artículo; si no, escribe `paragraph = { $found }` aquí, y así sucesivamente
proof-from-paragraph-on-places-are-2 = desde el párrafo { $named }, { $count } lugares están { $by } o más párrafos antes en el texto de lo que dice el paquete
proof-compare-with-line-pack-counts = compara con `check --numbers`: una línea que el paquete cuenta no es un párrafo de este texto; si no, escribe `paragraph = { $found }` aquí, y así sucesivamente
proof-take-more-words-so-they = toma más palabras, para que estén ahí una sola vez
proof-add-2 = añade { $one }
proof-add-what-stands-beside-one = añade lo que está junto a la que quieres: { $several }
proof-quotation-marks = entre comillas
proof-speech-behind-dash = diálogo tras una raya
proof-single-quotation-marks = entre comillas simples
proof-behind-label-interview = tras una etiqueta, como en una entrevista
proof-these-words-are-quotation-marks = estas palabras no están entre comillas en el texto, y tras su raya pueden ser del narrador
proof-if-they-are-spoken-quote = si son habladas, cita solo hasta donde pueden empezar las del narrador; si no, escribe `kind = "author"` sin `speaker`
proof-these-words-are-quotation-marks-2 = estas palabras no están entre comillas en el texto
proof-write-if-author-tells-what = escribe `kind = "reported"` si el artículo cuenta lo que alguien dijo; si no, `kind = "author"` sin `speaker`
proof-these-words-are-text-2 = estas palabras están en el texto como { $how }
proof-write-if-text-says-who = escribe `kind = "verbatim"` si el texto dice quién las dijo; si no, `kind = "phrase"` sin `speaker`
proof-these-words-seem-speech-behind = estas palabras parecen diálogo tras una raya, no lo que cuenta quien firma
proof-if-so-write = si es así, escribe `kind = "verbatim"` y { $ash }
proof-write-article = escribe `speech = [{ $all }]` en [article]
proof-no-name-stands-paragraph-text = ningún nombre de { $name } está en el párrafo { $range } del texto
proof-see-line-text-whose-words = mira en la línea { $number } del texto («{ $beginning }») de quién son las palabras; el nombre que usa el texto va en los `aliases` de `{ $id }`
proof-text-these-words-are-those = en el texto estas palabras son de «{ $name }» (párrafo { $paragraph })
proof-if-add = si es { $name }, añádelo a los `aliases` de `{ $id }`
proof-write-3 = escribe { $other }
proof-these-words-are-quotation-marks-3 = estas palabras no están entre comillas en el texto; parecen { $how }
proof-these-words-are-quotation-marks-4 = estas palabras no están entre comillas en el texto; parecen { $how }, y también las de { $others }
proof-if-text-marks-speech-so = si el texto marca así el diálogo, { $how }
proof-words-paragraph = `{ $id }` ({ $words } palabras, párrafo { $paragraph })
proof-quotes-repeat-text-s-words = las citas repiten { $covered } de las { $total } palabras del texto, el { $share } %: { $allowed } de más; el límite es el { $limit } %
proof-pack-companion-article-copy-shorten = un paquete acompaña a un artículo, no lo copia: acorta las citas más largas, { $named }
proof-holds-quotation-marks-stand-around = `words` incluye las comillas que las rodean en el texto
proof-write-4 = escribe { $words }
proof-goes-over-from-speech-what = `words` pasa del diálogo a lo que es o puede ser del narrador
proof-take-part-surely-spoken = toma la parte que es hablada con seguridad
proof-goes-over-quotation-mark-text = `words` cruza unas comillas del texto
proof-take-part-on-one-side = toma la parte de un lado
proof-write-5 = { $advice }: escribe { $part }
pack-add-source-or-editor = añade `source = { "{" } paragraph = 1, exact = "…" { "}" }`, o `by = "editor"` si no está en el texto

## How a fault is shown.

diagnostic-error = Error
diagnostic-warning = Aviso
diagnostic-here = aquí
diagnostic-help = Ayuda
