### /compare: dos protagonistas, dos artículos o dos argumentos, lado a lado.

compare-title = { $first } y { $second }
compare-same = Ambos son { $title }. Nombra dos { $kind ->
    [article] artículos
    [argument] argumentos
   *[actor] protagonistas
} distintos.
compare-different = «{ $first }» es un { $kind ->
    [article] artículo
    [argument] argumento
   *[actor] protagonista
} y «{ $second }» es un { $other ->
    [article] artículo
    [argument] argumento
   *[actor] protagonista
}. Nombra dos de la misma clase.
compare-in-article = { $name }, { $article }
compare-recorded = Datos sobre { $name }
compare-between = Entre ambos
compare-both-in = Ambos participaron en
compare-nothing-between = El artículo no menciona trato alguno solo entre los dos.
compare-all-on = Más sobre { $name }
compare-all-on-title = Más sobre «{ $title }»

compare-grounds = Fundamentos de «{ $title }»
compare-grounds-both = Fundamentos comunes
compare-bears = { $how ->
    [supports] «{ $first }» apoya «{ $second }».
    [denies] «{ $first }» se opone a «{ $second }».
   *[undercuts] «{ $first }» debilita «{ $second }».
}
compare-bears-nothing = El artículo no dice cómo se relacionan los dos.

compare-topics = Temas en ambos
compare-actors = Ambos mencionan a
compare-claims = Afirmaciones en { $article }
compare-claim = { $title }: { $claim }
