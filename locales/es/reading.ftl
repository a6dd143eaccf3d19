### /reading: los artículos que lee una sala, uno tras otro.

reading-title = Lista de lectura
reading-now = Ahora se lee: { $title }
reading-now-until = Ahora se lee: { $title }, hasta el { $until }
reading-next = Después
reading-nothing-now = Ahora no se lee nada
reading-line = { $title }, { $days }
reading-from = desde el { $from }
reading-from-until = del { $from } al { $until }
reading-not-loaded = { $article } (no está cargado)
reading-about = Sobre el artículo
reading-added = Está en la lista de lectura
reading-all = Toda la lista
reading-removed = El número { $number } ya no está en la lista de lectura
reading-none = Aquí no hay lista de lectura. Un moderador hace una con /lectura añadir.
reading-not-there = En la lista de lectura de aquí no hay ese número.
reading-day = «{ $typed }» no es un día: escríbelo como 2027-01-31.
reading-ends-before = El último día es anterior al primero.
reading-too-many = La lista de lectura de aquí está llena.
