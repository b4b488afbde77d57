package org.hemei.registry.people;

import org.hemei.platform.Reader;

/** What rests on somebody's post and goes with it. Every bean of this type is told, in the transaction that changed the post. */
public interface PostFollower {

    /**
     * The post ends sooner than it did, or its days were put right, or it never was: it stands so already.
     *
     * @param held as it was before
     * @throws org.hemei.platform.Refusal when what rests on it has to be put right first
     */
    void left(Reader reader, Proposed held);
}
