### Los debates: una votación, la discusión y otra votación.

# $phase: "first-vote", "discussion", "second-vote", "counted" or "closed".
debate-title = Debate { $number }: { $phase ->
    [first-vote] a votar
    [discussion] a discutir
    [second-vote] a votar otra vez
    [counted] el resultado
   *[closed] cerrado
}
debate-motion = La moción: { $motion }
debate-vote-first = ¿Estás de acuerdo? Solo tú ves tu voto, y puedes cambiarlo hasta que cierre la votación. Después se discute y se vota otra vez.
debate-vote-second = Vota otra vez, aunque pienses lo mismo: el resultado cuenta solo a quien vota dos veces. Solo tú ves tu voto.
# $pro and $con: the names of the commands; $cite: that of the option.
debate-how-to-argue = Da tus razones con /{ $pro } y /{ $con }. La opción «{ $cite }» añade en qué se apoyan del artículo.
debate-closed = Un moderador cerró este debate. Los votos se borraron sin contarlos.
debate-vote-ends = La votación cierra
debate-second-begins = La segunda votación empieza
debate-voters = Votos hasta ahora
debate-about = Sobre esta afirmación
# $vote: "for", "against" or "undecided".
debate-vote-label = { $vote ->
    [for] A favor
    [against] En contra
   *[undecided] Indeciso
}
debate-all-points = Todas las razones
debate-export = Exportar
# $side: "for" or "against"; $number: how many points it has; $shown: how many of them are shown.
debate-best-points = { $side ->
    [for] Las mejores razones a favor
   *[against] Las mejores razones en contra
} ({ $shown } de { $number })
debate-thread = Las razones a favor y en contra van aquí
debate-no-thread = Aquí no puedo abrir un hilo, así que las razones van en este canal

# The result. $voters: by how many voters a side grew or shrank.
# $change: "up", "down" or "same".
debate-gain = { $side ->
    [for] «a favor»
   *[against] «en contra»
} { $change ->
    [up] ganó { $voters }
    [down] perdió { $voters }
   *[same] quedó igual
}
debate-result = { $winner ->
    [for] «A favor» convenció a más gente
    [against] «En contra» convenció a más gente
   *[nobody] Empate
}: { $pro }, { $con }.
debate-before = Antes
debate-after = Después
debate-all-before = Todos los primeros votos
debate-all-after = Todos los segundos votos
debate-tally = { $pro } a favor · { $con } en contra · { $undecided } indecisos
debate-moves = Quién cambió de opinión
# $from and $to: votes.
debate-move = { $voters } de { $from ->
    [for] a favor
    [against] en contra
   *[undecided] indeciso
} a { $to ->
    [for] a favor
    [against] en contra
   *[undecided] indeciso
}
debate-nobody-moved = Nadie cambió de opinión.
debate-who-counts = Cuentan los { $both } que votaron dos veces.{ $before ->
    [0] {""}
   *[other] {" "}Solo antes: { $before }.
}{ $after ->
    [0] {""}
   *[other] {" "}Solo después: { $after }.
}
debate-too-few = Muy pocos votos para un resultado: { $both } votaron dos veces y hacen falta { $quorum }.
debate-voted-before = Votaron antes
debate-voted-after = Votaron después
debate-voted-twice = Votaron dos veces
debate-no-outcome = El resultado no se puede leer.
debate-export-title = Debate: { $motion }

# What one reads who opens a debate, votes, or moves it on.
debate-no-motion = ¿Sobre qué es el debate? Escribe una moción o nombra un argumento con --sobre.
debate-long-motion = Esa moción tiene { $length } caracteres; el máximo es { $most }.
debate-wrong-time = «{ $typed }» no es un tiempo entre un minuto y 30 días: escribe 2d, 12h o 90m.
debate-open-already = Aquí ya hay un debate abierto.
debate-opened = El debate { $number } está abierto
debate-first-ends = La primera votación cierra
debate-discussion-ends = La discusión acaba
debate-second-ends = La segunda votación cierra
debate-moved = { $phase ->
    [discussion] La primera votación ha cerrado: empieza la discusión
    [second-vote] La discusión ha acabado: empieza la segunda votación
    [counted] La segunda votación ha cerrado: el resultado está publicado
   *[closed] El debate está cerrado, sin resultado
}
debate-moved-already = Alguien acaba de hacer avanzar este debate.
debate-refused = No he podido publicarlo aquí. Comprueba que puedo escribir aquí.
debate-none = Aquí no hay ningún debate.
debate-how-to-open = Un moderador abre uno con /debate abrir.
debate-no-number = Aquí no hay un debate { $number }.
debate-several = ¿A qué debate te refieres?
debate-over = Este debate ha terminado.
debate-see = Ver el debate
debate-vote-what = Vota favor, contra o indeciso.
debate-no-vote-now = Durante la discusión no se vota.
debate-vote-late = La votación acaba de cerrar.
debate-voted = Tu voto: { $vote ->
    [for] a favor
    [against] en contra
   *[undecided] indeciso
}
debate-may-change = Solo tú ves esto. Puedes cambiarlo hasta que cierre la votación.
debate-voted-once = No votaste antes de la discusión, así que el resultado no contará este voto: trata de quién cambió de opinión.

# Points.
point-title = { $side ->
    [for] Razón { $number }, a favor de la moción
   *[against] Razón { $number }, en contra de la moción
}
point-evidence = Cita
point-no-evidence = Sin apoyo en el artículo.
point-cites = [cita: { $evidence }]
point-cites-nothing = [sin apoyo en el artículo]
point-evidence-changed = { $text } (el paquete del artículo tiene ahora otras palabras aquí)
point-evidence-gone = { $text } (ya no está en el paquete del artículo)
point-support = Apoyo
point-support-label = ▲ Buena razón
point-short = Es muy corto para una razón: { $length } de al menos { $least } caracteres.
point-long = Esa razón tiene { $length } caracteres; el máximo es { $most }.
point-too-early = Las razones vienen después de la primera votación.
point-too-late = La discusión ha acabado: no se admiten más razones.
point-too-many = Este debate tiene tantas razones como puede tener.
point-gone = En este debate no hay una razón { $number }.
point-no-number = «{ $typed }» no es el número de una razón.
point-supported-already = Ya apoyas la razón { $number }.
point-support-own = La razón { $number } es tuya: otros deciden si es buena.
point-withdrawn = La razón { $number } está retirada
point-not-yours = Solo quien dio la razón { $number }, o un moderador, puede retirarla.
points-none = Nadie ha dado una razón todavía.
points-title = { $number ->
    [one] Una razón
   *[other] { $number } razones
} sobre: { $motion }
points-side = { $side ->
    [for] A favor
   *[against] En contra
} ({ $number })
