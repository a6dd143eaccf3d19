### Lo que dicen las plataformas mismas, y la terminal.

chat-restarting = Rapporteur se está reiniciando. Pregunta de nuevo en un minuto.
chat-no-source = Esa respuesta no tiene fuente en el artículo.
chat-sources = Dónde aparece en el artículo
chat-lines-rest-on = Fuentes de sus líneas

file-no-address = El archivo adjunto no tiene dirección. No se cargó nada. Envíalo de nuevo.
file-foreign-host = El archivo adjunto no está donde Discord guarda los archivos. No se cargó nada. Envíalo de nuevo.
file-unreachable = No pude obtener el archivo adjunto. No se cargó nada. Envíalo de nuevo.
file-too-slow = El archivo adjunto tardó demasiado. No se cargó nada. Envíalo de nuevo.
file-no-message = No pude obtener o descifrar el mensaje al que respondes. No se cargó nada. Envía el archivo de nuevo.
file-too-large = El archivo supera { $megabytes } MiB. No se cargó nada: divide el paquete o quita lo que nadie pregunta.

terminal-welcome = Pregunta sobre el artículo con tus palabras o con un comando: /cita Paz, /cronología 2020, /ayuda. Tab completa, un número elige, exit termina.
terminal-no-choices = No hay nada que elegir. Pregunta algo, por ejemplo /cita Paz.
terminal-choose = Elige un número del 1 al { $most }.
terminal-no-file = No puedo leer { $path }: { $error }.
terminal-file-too-large = supera { $megabytes } MiB

# What a thread begins with that is opened on an answer.
chat-thread = Aquí se comenta

# Said once, where the bot comes to, with three things to try.
chat-greeting = Aquí está Rapporteur
chat-try-quote = Una cita
chat-try-timeline = Fechas clave
chat-try-discuss = Algo para comentar
