### Lo que solo se dice en Matrix.

matrix-greeting-direct = Pregúntame sobre el artículo con tus palabras. cita Paz da las palabras exactas y dice de quién son. ayuda muestra los demás comandos. Bajo una respuesta, reacciona con sus números y flechas para elegir.
matrix-greeting-room = Pregúntame sobre el artículo que leen juntos: mencióname y haz tu pregunta. { $prefix }cita Paz da las palabras exactas y dice de quién son. { $prefix }ayuda muestra los demás comandos. Bajo una respuesta, reacciona con sus números y flechas para elegir.
matrix-not-invited = Solo entro donde me lo permiten quienes me administran: pídeles que te dejen, a ti o a tu servidor, invitarme.
matrix-only-for-you = La respuesta a /{ $command } es solo para ti: pregúntame en un chat directo.
matrix-interrupted = Me detuvieron mientras lo hacía, y no hago nada dos veces.
matrix-interrupted-line = /{ $line } ya había empezado. Comprueba si se hizo y, si no, pídelo de nuevo.
matrix-confirmed-by = Confirmado por
matrix-question-removed = La pregunta se borró.
matrix-undecrypted = No puedo leer un mensaje de esta sala
matrix-undecrypted-help = Está cifrado y la aplicación de quien lo envió no me ha dado la clave, así que no hay respuesta si era una pregunta. Envíalo de nuevo. Si no ayuda, mira si tu aplicación se niega a enviar a dispositivos sin verificar: un editor puede verificarme desde un chat directo, y quien me administra puede decirte mi huella. Esto lo digo aquí una sola vez.

matrix-back = atrás: { $key }
matrix-continues = sigue: { $key }
matrix-in-file = la respuesta completa está en { $file }
matrix-back-to-list = { $key } Volver a la lista
matrix-back-one = { $key } Atrás
matrix-write-in-private = Para votar sin que nadie más lo vea, escríbeme en un chat privado:
