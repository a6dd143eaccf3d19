-- That a room was told of a message without a key is a setting of the room now, not of a place of its own.
UPDATE place_setting SET place = 'matrix:room:' || substr(place, 20) WHERE place LIKE 'matrix:undecrypted:%';
