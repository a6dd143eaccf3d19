### Fechas, tan precisas como el artículo: «principios de los noventa», «otoño de 2021», «15 de marzo de 44 a. C.».

date-day = { $day } de { $month } de { $year }
date-month = { $month } de { $year }
date-year-bc = { $year } a. C.
date-year-ad = { $year } d. C.
date-decade = década de { $first }
date-century = siglo { $number ->
    [1] I
    [2] II
    [3] III
    [4] IV
    [5] V
    [6] VI
    [7] VII
    [8] VIII
    [9] IX
    [10] X
    [11] XI
    [12] XII
    [13] XIII
    [14] XIV
    [15] XV
    [16] XVI
    [17] XVII
    [18] XVIII
    [19] XIX
    [20] XX
    [21] XXI
    [22] XXII
   *[other] { $number }
}
date-millennium = { $number ->
    [1] primer
    [2] segundo
    [3] tercer
   *[other] { $number }.º
} milenio

date-about = hacia { $date }
date-uncertain = { $date } (dudoso)
date-day-unknown = { $date } (día desconocido)
date-month-unknown = { $date } (mes desconocido)
date-or-earlier = { $date } o antes
date-or-later = { $date } o después
date-years = { $first }–{ $last }
date-range = de { $start } a { $end }
date-since = desde { $date }
date-until = hasta { $date }
date-between = en algún momento entre { $first } y { $last }

date-added-by-editor = { $date } (fecha del editor)
date-wording-reckoned = «{ $wording }» — { $date }
date-wording-added = «{ $wording }» — { $date } (fecha del editor)
date-wording-of-editor = «{ $wording }» — { $date }

month = { $number ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
}

date-part = { $code ->
    [21] primavera de { $year }
    [22] verano de { $year }
    [23] otoño de { $year }
    [24] invierno de { $year }
    [25] primavera boreal de { $year }
    [26] verano boreal de { $year }
    [27] otoño boreal de { $year }
    [28] invierno boreal de { $year }
    [29] primavera austral de { $year }
    [30] verano austral de { $year }
    [31] otoño austral de { $year }
    [32] invierno austral de { $year }
    [33] el primer trimestre de { $year }
    [34] el segundo trimestre de { $year }
    [35] el tercer trimestre de { $year }
    [36] el cuarto trimestre de { $year }
    [37] el primer tercio de { $year }
    [38] el segundo tercio de { $year }
    [39] el último tercio de { $year }
    [40] la primera mitad de { $year }
   *[41] la segunda mitad de { $year }
}

## What is wrong with a date in a pack, and what to write. Shown to editors. Words in backticks are code.

date-time-of-day = `{ $edtf }` lleva una hora
date-write-the-day = escribe solo el día
date-out-of-range = el año de `{ $edtf }` se sale de lo posible
date-write-a-year-in-range = usa un año entre -9999 y 9999
date-unknown-end = `{ $edtf }` tiene un extremo desconocido
date-write-an-open-end = escribe `..` para un extremo abierto (`2015/..`), o deja la fecha fuera
date-backwards = `{ $edtf }` acaba antes de empezar
date-write-earlier-first = escribe primero la fecha anterior
date-means-a-season = `{ $edtf }` es una estación en EDTF, no dos años
date-means-a-part-of-a-year = `{ $edtf }` es una parte del año en EDTF, no dos años
date-write-years-or-season = escribe `{ $years }` para los años, o añade `season = true` si quieres decir { $meant }
date-write-season-or-years = añade `season = true` si quieres decir { $meant }, o escribe los años enteros
date-empty = la fecha está vacía
date-malformed = `{ $edtf }` no es una fecha en EDTF
date-two-years-have-a-slash = `{ $edtf }` no es una fecha en EDTF: entre dos años va una barra
date-write = escribe `edtf = "{ $edtf }"`
date-write-for-instance = escribe por ejemplo `2020`, `2020-07-08`, `2015/2016`, `199X` o `1990~/1993~`
