### /artículo, /artículos y /sin-respuesta.

article-all = Todos los artículos
article-section-editors = { $name } (título del editor)
article-paragraph = párrafo { $number }
article-paragraphs = párrafos { $first }–{ $last }
article-no-author = el texto no lo nombra
article-no-date = el texto no la da
article-reference-date = Las fechas relativas cuentan desde
article-link = Leerlo
article-no-link = el texto no lo da
article-holds = Contenido
article-short-name = Nombre corto
article-id = Id
article-sections = Secciones
article-note = Nota del editor: { $note }
article-timeline = Cronología
article-arguments = Argumentos

articles-none = Aún no hay artículos cargados.
articles-language = en { $language }

gaps-title = Preguntas sin respuesta
gaps-usage = /sin-respuesta muestra la lista; /sin-respuesta vaciar la vacía.
gaps-off = Aquí no se guardan las preguntas sin respuesta: el ajuste questions.keep está desactivado.
gaps-none = Todas las preguntas encontraron respuesta.
gaps-kept = Se guardan { $days } días desde la última vez, sin decir quién preguntó. Elige una para hacerla de nuevo.
gaps-empty = Vaciar la lista
gaps-empty-all = { $number ->
    [one] ¿Vaciar la lista, con 1 pregunta?
   *[other] ¿Vaciar la lista, con { $number } preguntas?
}
gaps-emptied = { $number ->
    [one] Lista vacía: se quitó 1 pregunta.
   *[other] Lista vacía: se quitaron { $number } preguntas.
}
gaps-entry = { $number ->
    [one] una vez, el { $day }
   *[other] { $number } veces, la última el { $day }
}
gaps-entry-of = { $number ->
    [one] una vez, el { $day }, de { $article }
   *[other] { $number } veces, la última el { $day }, de { $article }
}
