### /actor y /topic: quién es alguien, qué se dice sobre un tema y qué dicen varios artículos de lo mismo.

actor-is-a = Tipo
actor-kind = { $kind ->
    [person] persona
    [institution] institución
    [government] gobierno
    [party] partido
    [country] país
   *[group] grupo
}
actor-roles = Cargos
actor-also-called = También conocido como
actor-relations = Relaciones
actor-facts = Datos
actor-quotes = { $number ->
    [one] 1 cita suya o sobre { $name }
   *[other] { $number } citas suyas o sobre { $name }
}
actor-timeline = { $number ->
    [one] Cronología (1 hecho)
   *[other] Cronología ({ $number } hechos)
}
actor-everything = Todo sobre esta figura
actor-key = Protagonistas principales
actor-all = Protagonistas
actor-none = Aún no hay protagonistas.

topic-all = Temas
topic-all-of = Temas de { $article }
topic-arguments = Argumentos
topic-quotes = Citas
topic-events = Hechos
topic-facts = Datos
topic-also = También
topic-none = Aún no hay temas.

several-speak = { $number ->
    [one] Aparece en 1 artículo.
   *[other] Aparece en { $number } artículos.
}
several-tell = { $number ->
    [one] Lo cuenta 1 artículo.
   *[other] Lo cuentan { $number } artículos.
}
several-says = Qué dice cada artículo
several-article-by = { $article }, de { $author }
several-roles = Cargos: { $roles }.
several-detail = { $what ->
    [when] Cuándo: { $value }.
    [who] Quién: { $value }.
   *[topics] Temas: { $value }.
}
several-list = { $what ->
    [relations] { $article }: relaciones
   *[facts] { $article }: datos registrados
}
several-list-some = { $what ->
    [relations] { $article }: relaciones ({ $shown } de { $all })
   *[facts] { $article }: datos registrados ({ $shown } de { $all })
}
several-grounds = { $article }: argumentos que se basan en ello
several-rest = { $shown } de { $all } artículos. Elige otro con --artículo.
several-event = { $title } – { $places }
several-place = { $article } (¶ { $paragraph })
several-places-added = { $places } (añadido por el editor)
