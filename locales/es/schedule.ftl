### /schedule: lo que una sala recibe una y otra vez.

schedule-title = Agenda
# $post: a command; $days: the days; $time: the time of day; $next: when it comes next.
schedule-line = { $post } { $days } a las { $time } — { $next }
schedule-daily = cada día
schedule-weekdays = los días laborables
schedule-day = { $day ->
    [mon] lunes
    [tue] martes
    [wed] miércoles
    [thu] jueves
    [fri] viernes
    [sat] sábado
   *[sun] domingo
}
schedule-next = la próxima vez, { $at }
schedule-at = { $at } ({ $zone })
schedule-paused = en pausa
schedule-refused = en pausa: no he podido publicarlo aquí. Comprueba que puedo escribir aquí y reanúdalo.
schedule-added = Está en la agenda
schedule-all = Toda la agenda
schedule-nothing = Aquí no hay nada en la agenda.
schedule-none = En la agenda de aquí no hay ningún «{ $number }».
schedule-pause-done = El número { $number } está en pausa
schedule-resume-done = El número { $number } vuelve: { $at }
schedule-remove-done = El número { $number } ya no está en la agenda
schedule-when = «{ $days } { $time }» no es un momento: escribe diario 09:00, laborables 18:30 o lun,jue 08:00.
schedule-what = «{ $post }» no puede venir por sí solo: elige cita, comentar, concurso, hoy o lectura.
schedule-zone = «{ $zone }» no es una zona horaria: escribe una como Europe/Madrid o America/Mexico_City.
schedule-too-many = La agenda de aquí está llena.
