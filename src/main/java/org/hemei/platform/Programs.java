package org.hemei.platform;

import java.util.Optional;

/** Programs that act through an account of their own. The room that knows their tokens has a bean of this type. */
public interface Programs {

    /**
     * @param keeper account of the person who keeps its tokens, to be told of what goes wrong
     * @param scopes what its tokens are good for; empty when none of them works any longer
     */
    record Program(String name, long keeper, java.util.List<String> scopes) {

        public boolean may(String scope) {
            return scopes.contains(scope);
        }
    }

    /** Empty for an account of a person. */
    Optional<Program> of(long account);
}
