### /quote: las palabras de alguien, y de quién son.

quote-title = Cita
quotes-of = Citas de { $name }
quotes-on = Citas con «{ $words }»
quotes-none-with = No encontré ninguna cita con «{ $words }» ni a nadie que se llame así.
quote-another = Otra
quote-none = Aquí no hay citas.
search-everything = Buscar en todo

quote-somebody = alguien
quote-by-verbatim = { $is_about ->
    [somebody] { $speaker }, textual, sobre { $about }
   *[nobody] { $speaker }, textual
}
quote-by-reported-named = { $speaker }, según lo cuenta { $author }
quote-by-reported = { $speaker }, según lo cuenta quien firma el artículo
quote-by-phrase = { $is_about ->
    [somebody] una expresión entre comillas sobre { $about }; sin atribuir a nadie
   *[nobody] una expresión entre comillas; sin atribuir a nadie
}
quote-by-author-named = { $is_about ->
    [somebody] { $author }, que firma el artículo, sobre { $about }
   *[nobody] { $author }, que firma el artículo
}
quote-by-author = { $is_about ->
    [somebody] quien firma el artículo, sobre { $about }
   *[nobody] quien firma el artículo
}

quote-words-comma = { $rest }», «{ $next }
quote-words-and = { $rest }» y «{ $last }
quote-words-context = «{ $words }»: { $context }

quotes-no-words = { $articles ->
    [several] { $name }: ningún artículo cita sus palabras.
   *[one] { $name }: el artículo no cita sus palabras.
}
quotes-only-reported = { $articles ->
    [several] Parafraseado, no citado: los artículos cuentan lo que dijo { $name }.
   *[one] Parafraseado, no citado: { $author } cuenta lo que dijo { $name }.
}
quotes-no-lines = { $articles ->
    [several] { $name }: ningún artículo cita sus palabras, ni hay frases registradas sobre esta figura.
   *[one] { $name }: el artículo no cita sus palabras, ni hay frases registradas sobre esta figura.
}
quotes-what-is-said = Lo que se dice de { $name }
quotes-about = Sobre { $name }, en palabras de otros:
quotes-told = Lo que { $name } dijo o piensa:
