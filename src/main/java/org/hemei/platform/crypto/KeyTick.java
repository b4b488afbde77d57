package org.hemei.platform.crypto;

import org.hemei.platform.job.Tick;
import org.springframework.stereotype.Component;

/** A running copy takes a key that was made beside it into use; one look at a file name. */
@Component
class KeyTick implements Tick {

    private final FieldCipher cipher;

    KeyTick(FieldCipher cipher) {
        this.cipher = cipher;
    }

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public void run() {
        cipher.look();
    }
}
