package org.hemei.platform;

import java.util.Optional;

/** Makes the reader of an account, for work behind the pages that acts for somebody. The room that knows grants has a bean of this type. */
public interface ReaderOf {

    /** With the grants held now; empty when the account is disabled or gone. */
    Optional<Reader> of(long account);
}
