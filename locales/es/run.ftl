### Lo que puede responder cualquier comando, y líneas que no se entienden.

run-only-for = /{ $command } es solo para { $platform ->
    [terminal] la terminal
    [discord] Discord
   *[matrix] Matrix
}.
run-for-editors = Solo los editores pueden usar /{ $command }. Los ajustes dicen quién lo es.
run-for-moderators = Solo quienes moderan { $place ->
    [channel] este canal
   *[room] esta sala
} pueden usar /{ $command }.
run-too-long = Demasiado largo: «{ $option }» tiene { $length } caracteres y el límite es { $most }.
run-switched-off = /{ $command } está desactivado aquí.
run-confirm = ¿/{ $line }?
run-asked-by = A petición de
run-no-library = Aún no hay artículos cargados. Un editor puede cargar uno con /recargar.
run-no-reading = Ahora no puedo leer la biblioteca. Inténtalo de nuevo o pide a un editor que use /recargar.
run-failed = No funcionó. El operador encontrará la causa en el registro.

choice-help = Comandos
choice-ask = Preguntar «{ $question }»
did-you-mean-command = ¿Quisiste decir /{ $line }?

line-empty = Pregunta algo con tus palabras o con un comando, como /cita Paz.
line-group = A /{ $group } le falta una palabra.
line-group-choice = /{ $command }: { $about }
line-unknown-option = /{ $command } no tiene la opción { $option }.
line-no-value = /{ $command }: a { $option } le falta su valor.
line-twice = /{ $command }: usa { $option } una sola vez.
line-wrong = /{ $command }: no entiendo las opciones.
line-no-number = /{ $command }: { $option } admite un número entero del 1 al { $most }.
line-missing = A /{ $command } le falta: { $options }.
line-usage = Uso: { $usage }
line-help = Ayuda sobre /{ $command }
line-takes-flag = /{ $command }: «{ $option }» admite sí o no.
line-takes-words = /{ $command }: «{ $option }» admite palabras.
line-takes-file = /{ $command }: «{ $option }» admite un archivo: envíalo y respóndele con el comando.
