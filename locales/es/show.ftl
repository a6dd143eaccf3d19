### Lo que tienen en común las respuestas: nombres que se buscan, listas, páginas.

found-none = { $kind ->
    [article] No encontré ningún artículo llamado «{ $typed }».
    [actor] No encontré a nadie llamado «{ $typed }».
    [event] No encontré ningún hecho llamado «{ $typed }».
    [quote] No encontré ninguna cita llamada «{ $typed }».
    [argument] No encontré ningún argumento llamado «{ $typed }».
    [fact] No encontré ningún dato llamado «{ $typed }».
    [relation] No encontré ninguna relación llamada «{ $typed }».
    [topic] No encontré ningún tema llamado «{ $typed }».
   *[item] No encontré «{ $typed }».
}{ $near ->
    [0] { "" }
    [one] { " ¿Quisiste decir esto?" }
   *[other] { " ¿Quisiste decir una de estas opciones?" }
}
found-several = «{ $typed }» puede ser varias cosas. ¿Cuál?
found-by-text = Encontrado por su descripción, no por el nombre: «{ $typed }».
read-as-name = Resultados de { $name } para «{ $typed }».
read-as-word = Resultados de «{ $read }» para «{ $typed }».
did-you-mean = ¿Quisiste decir «{ $word }»?

ask-all-articles = Preguntar a todos los artículos
choice-in-article = { $title } (en { $article })
choice-of-kind = { $kind ->
    [article] artículo
    [actor] protagonista
    [event] hecho
    [quote] cita
    [argument] argumento
    [fact] dato
    [relation] relación
   *[topic] tema
}: { $label }
choice-search-for = Buscar «{ $typed }»
choice-elsewhere = En { $article }: { $title }
choice-in = En { $article }
choice-instead = O bien: { $label }
choice-topics = Temas
all-of-kind = { $number ->
    [one] { $kind ->
        [actor] El único protagonista
        [event] El único hecho
       *[argument] El único argumento
    }
   *[other] { $kind ->
        [actor] Los { $number } protagonistas
        [event] Los { $number } hechos
       *[argument] Los { $number } argumentos
    }
}
all-of-kind-uncounted = { $kind ->
    [actor] Todos los protagonistas
    [event] Todos los hechos
   *[argument] Todos los argumentos
}
confirm = Sí, hazlo: /{ $line }

few-title = { $title } ({ $shown } de { $all })
few-all = { $title }: ver los { $all }
few-of = { $name }: { $title }
few-nothing = { $title }: no hay nada registrado.
few-unknown = No hay ninguna lista «{ $typed }». Prueba una de estas: { $lists }.

page-title = { $title } ({ $number } de { $of })
page-only = { $number ->
    [one] Solo hay una página.
   *[other] Solo hay { $number } páginas.
}
page-last = Última página
page-next = Página siguiente
page-previous = Página anterior

role-added = { $role } (añadido por el editor)
roles-added = añadido por el editor: { $roles }
roles-dates-added = con fechas añadidas por el editor: { $roles }
roles-dates-editors = con fechas del editor: { $roles }
article-title-editors = { $title } (título del editor)

stated-no-date = Sin fecha
stated-claim = { $whose }: { $claim }
stated-claim-of = Afirmación de { $name }, según lo cuenta { $author }
stated-claim-added = Afirmación de { $name } (añadida por el editor)
