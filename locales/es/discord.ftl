### Lo que solo se dice en Discord.

button-more = Más
button-read-on = Seguir leyendo
button-back = Atrás
button-share = Compartir aquí
button-in-article = Leerlo en el artículo
menu-more = Más sobre uno de estos
menu-choose = Elige uno

discord-delete-refused = Solo quien preguntó, o quien modera, puede borrar esta respuesta.
discord-confirmed-already = Eso ya se confirmó, y se hace una sola vez.
discord-button-forgotten = Este botón ha caducado. Pregunta de nuevo.
discord-unreadable = No lo entendí. El operador encontrará la causa en el registro.
discord-no-words = Ese mensaje no tiene palabras que buscar: solo una imagen, un archivo o una pegatina.
discord-use-search = Usa /buscar con tus propias palabras.
discord-command-gone = Este comando ya no existe. Discord tardará un poco en notarlo.
discord-role-mentioned = Mencióname a mí y no a mi rol: solo así puedo leer lo que escribes.
discord-role-how = Los dos llevan mi nombre en la lista que se abre con «@». O usa un comando, como /cita.
discord-unread-reply = Sin una mención no puedo leer respuestas. Si pedías la fuente, aquí está.
discord-only-for-you = La respuesta a /{ $command } es solo para ti: usa el comando /{ $command } de Discord.
discord-no-files = No puedo adjuntar archivos en este canal. Los comandos con barra lo muestran todo.
discord-file = La respuesta completa, en texto
discord-refused = Discord rechazó la respuesta. El operador encontrará la causa en el registro.
discord-greeting = Pregúntame sobre el artículo que leen juntos: mencióname con una pregunta o usa un comando como /cita. /ayuda los muestra todos. Esto es lo que pueden probar:
discord-no-thread = Aquí no puedo abrir un hilo, así que se comenta en este canal. Un moderador puede permitírmelo: Crear hilos públicos.
