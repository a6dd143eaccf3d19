### Los concursos.

quiz-title = Concurso { $quiz }, pregunta { $number } de { $of }
# $asked: what is asked; $about: the words that it is about.
quiz-question = { $asked ->
    [who-said] ¿Quién dijo «{ $about }»?
    [who-is-reported] ¿De quién se cuenta que dijo o pensó esto: «{ $about }»?
    [how-given] ¿Cómo da el artículo las palabras «{ $about }»?
    [came-first] ¿Qué pasó primero?
    [what-year] ¿En qué año: { $about }?
   *[which-claim] ¿Qué afirmación apoya esto: «{ $about }»?
}
# $kind: the kind of a quote.
quiz-given = { $kind ->
    [verbatim] literal: las propias palabras de alguien
    [reported] contado: quien firma cuenta lo que alguien dijo o pensó
    [phrase] una expresión entre comillas, que no se atribuye a nadie
   *[author] las propias palabras de quien firma
}
quiz-choice = { $letter }: { $choice }
quiz-ends = Responde antes de
quiz-reveal = Revelar
quiz-right = La respuesta es { $choice }
quiz-who-was-right = Acertaron
quiz-nobody = nadie
quiz-answered = Respuestas
quiz-next = Siguiente pregunta
quiz-scores = Puntuación
quiz-begin = Empezar un concurso
quiz-begun = El concurso empieza
quiz-begun-already = Aquí ya hay un concurso que pregunta algo.
quiz-goes-on = La siguiente pregunta está hecha
quiz-revealed = La respuesta está a la vista
quiz-not-yours = Solo quien empezó el concurso, o un moderador, puede revelar la respuesta antes de tiempo.
quiz-over = Esa era la última pregunta.
quiz-none = Aquí ningún concurso pregunta nada.
quiz-several = ¿A qué concurso te refieres?
quiz-how-many = «{ $typed }» no es un número de preguntas de 1 a { $most }.
quiz-too-little = Este artículo da muy poco para un concurso.
quiz-answer-what = Responde con a, b, c o d.
quiz-late = Ahora no se pregunta nada: se acabó el tiempo para esa respuesta.
quiz-your-answer = Tu respuesta es { $choice }
quiz-may-change = Solo tú ves esto. Puedes cambiarla hasta que se vea la respuesta.
scores-title = Puntuación
scores-none = Aquí todavía no ha jugado nadie.
scores-of = { $right } de { $answered } aciertos
scores-forget = Aquí están solo quienes han jugado. /olvidar mis-datos te quita.
