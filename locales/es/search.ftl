### /search y /ask.

where-in-text = ¿Dónde está en el texto?

search-on = Resultados para «{ $words }»
search-on-some = Resultados para «{ $words }»; { $number ->
    [0] nada sobre { $missing }
    [one] nada sobre { $missing } y 1 palabra más
   *[other] nada sobre { $missing } y { $number } palabras más
}
search-missing = { $number ->
    [0] Nada sobre { $missing }.
    [one] Nada sobre { $missing } y 1 palabra más.
   *[other] Nada sobre { $missing } y { $number } palabras más.
}
search-some = Nada coincide con todo «{ $words }». Lo más cercano:
search-also = También
search-common = Son palabras muy frecuentes: solo busqué en la primera parte de la biblioteca. Añade una palabra menos común o nombra un artículo.
search-many = Los primeros { $number } resultados. Añade una palabra para acotar.
search-nothing = No encontré nada para «{ $words }».
search-all-articles = Buscar en todos los artículos
search-try-other = Prueba con menos palabras o con otras.

ask-about-nothing = No sé por qué preguntas. Nombra a alguien o algo del artículo.
ask-nearest = Nada en el artículo lo responde directamente. Lo más cercano:
ask-nothing = El artículo no lo menciona.
ask-nothing-of = El artículo no menciona { $words }.
ask-nothing-there = Ahí no hay nada registrado.
ask-paraphrased = { $name }: el artículo parafrasea sus palabras, pero no las cita.
ask-not-quoted = { $name }: el artículo no cita sus palabras.
ask-related = Relacionado
ask-more = Más sobre esto
ask-in-article = En el artículo
ask-headline = { $lead }: { $text }
ask-unknown = El artículo, tal como se cargó, no lo dice.
ask-article = Sobre el artículo
