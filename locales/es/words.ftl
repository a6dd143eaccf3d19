### Listas, y nombres de los idiomas.

list-comma = { $rest }, { $next }
list-and = { $before ->
    [i] { $rest } e { $last }
   *[other] { $rest } y { $last }
}
list-or = { $before ->
    [o] { $rest } u { $last }
   *[other] { $rest } o { $last }
}

language-en = inglés
language-es = español

sentence = { $words }.

quoted = «{ $words }»
time-unknown = en un momento desconocido

kind = { $kind ->
    [article] artículo
    [actor] protagonista
    [event] hecho
    [quote] cita
    [argument] argumento
    [fact] dato
    [relation] relación
   *[topic] tema
}

article-author = Firma
article-published-in = Publicado en
article-date = Fecha

number-of-kind = { $kind ->
    [article] { $number ->
        [one] 1 artículo
       *[other] { $number } artículos
    }
    [actor] { $number ->
        [one] 1 protagonista
       *[other] { $number } protagonistas
    }
    [event] { $number ->
        [one] 1 hecho
       *[other] { $number } hechos
    }
    [quote] { $number ->
        [one] 1 cita
       *[other] { $number } citas
    }
    [argument] { $number ->
        [one] 1 argumento
       *[other] { $number } argumentos
    }
    [fact] { $number ->
        [one] 1 dato
       *[other] { $number } datos
    }
    [relation] { $number ->
        [one] 1 relación
       *[other] { $number } relaciones
    }
   *[topic] { $number ->
        [one] 1 tema
       *[other] { $number } temas
    }
}
number-articles = { $number ->
    [one] 1 artículo
   *[other] { $number } artículos
}
number-items = { $number ->
    [one] 1 elemento
   *[other] { $number } elementos
}
number-revisions = { $number ->
    [one] 1 revisión
   *[other] { $number } revisiones
}
and-more = y { $number } más
