### /timeline, /event y /today: qué pasó y cuándo.

timeline-title = Cronología
timeline-of = Cronología: { $name }
timeline-when = Cronología: { $when }
timeline-of-when = Cronología: { $name }, { $when }
timeline-key-dates = Cronología: fechas clave
timeline-key-dates-of = Cronología: { $name }, fechas clave
timeline-nothing = { $title }: no hay nada registrado.
timeline-whole = La cronología completa
timeline-first = Los primeros { $number } hechos. Acota con un año, un nombre o un artículo.
timeline-without-date = Sin fecha en el texto
timeline-under-way = En curso
timeline-also-under-way = También en curso
timeline-under-way-or-vague = En curso, o con fecha menos precisa
timeline-not-understood = No pude leer «{ $typed }» como fecha ni como nombre.
timeline-dates-go-like = Prueba con una fecha como 2020, 2015-16, principios de los noventa, julio de 2020, otoño de 2021, desde 2006 o antes de 2000.
timeline-events-with = Hechos con «{ $words }»
timeline-no-date = sin fecha

event-when = Cuándo
event-who = Quién
event-topics = Temas
event-no-date = el texto no da ninguna fecha
event-grounds = Argumentos que se basan en ello

today-title = Un día como hoy, { $day }
today-day = { $day } de { $month }
today-nothing = Ningún hecho cae el { $day } en ningún año.
today-nothing-all-year = Ningún hecho cae el { $day }, ni tiene otra fecha exacta.
today-next = Las próximas fechas del año
today-timeline = La cronología
today-first = Los primeros { $number } hechos. Acota con un artículo.
