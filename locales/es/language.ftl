### /idioma y /sala idioma.

language-now = Te respondo en { $language }.
language-chosen = Desde ahora te respondo en { $language }.
language-default = Ya no tienes un idioma propio: me guío por tu aplicación, la sala y el artículo.
language-unknown = No hablo «{ $typed }». Elige uno de estos.
room-language-is = Aquí se responde en { $language }, salvo a quien eligió otro idioma.
room-language-none = Esta sala no tiene un idioma propio.
room-language-set = Se responde en { $language }
room-language-unset = Sin idioma propio
