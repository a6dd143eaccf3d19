### /forget me.

forget-done = Olvidado
# $what: "votes", "points", "supports", "answers" or "languages"; $number: how many.
forget-what = { $what ->
    [votes] { $number ->
        [one] Un voto en un debate que no ha terminado
       *[other] { $number } votos en debates que no han terminado
    }
    [points] { $number ->
        [one] Tu nombre en una razón; la razón se queda
       *[other] Tu nombre en { $number } razones; las razones se quedan
    }
    [supports] { $number ->
        [one] Tu apoyo a una razón
       *[other] Tu apoyo a { $number } razones
    }
    [answers] { $number ->
        [one] Una respuesta en los concursos, y tu puntuación
       *[other] { $number } respuestas en los concursos, y tu puntuación
    }
   *[languages] El idioma que elegiste
}
forget-nothing = No guardo nada a tu nombre que pueda olvidar.
forget-stays = Los resultados de debates terminados se quedan: son números. Borra tú tus mensajes; mis respuestas a ellos se van con ellos.
