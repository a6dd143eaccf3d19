### Dónde está algo en un artículo, y de quién son las palabras. También /source.

author-unnamed = quien firma el artículo
author-named = { $name }, que firma el artículo
author-several = quienes firman los artículos

known-verbatim = textual
known-phrase = una expresión entre comillas, sin atribuir a nadie
known-editor = añadido por el editor
known-reported = según lo cuenta { $author }
known-words-named = en palabras de { $author }
known-words = en palabras de quien firma el artículo
known-words-several = en palabras de quienes firman los artículos
known-claim-named = afirmación de { $author }
known-claim = afirmación de quien firma el artículo
known-claim-several = afirmación de quienes firman los artículos
known-account-named = según { $author }
known-account = según quien firma el artículo
known-account-several = según quienes firman los artículos

source-paragraphs = { $number ->
    [one] párrafo { $list }
   *[other] párrafos { $list }
}
source-in-article = en { $article }
source-several-articles = varios artículos

source-title = { $kind ->
    [article] Artículo
    [actor] Protagonista
    [event] Hecho
    [quote] Cita
    [argument] Argumento
    [fact] Dato
    [relation] Relación
   *[topic] Tema
}: { $title }
source-paragraph = Párrafo
source-section = Sección
source-words = Palabras del texto
source-article = Artículo
source-topic = Los temas son del editor: reúnen lo que el artículo dice de un asunto. Cada elemento tiene su propio lugar.
source-editor = No está en el texto: lo añadió el editor.
source-none = No se registró ningún lugar.
source-gone = Ya no está.
source-more = { $kind ->
    [article] Más sobre este artículo
    [actor] Más sobre este protagonista
    [event] Más sobre este hecho
    [quote] Más sobre esta cita
    [argument] Más sobre este argumento
   *[topic] Más sobre este tema
}
source-read = Leerlo en el artículo
