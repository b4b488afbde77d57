package org.hemei.platform.attachment;

import org.hemei.platform.Reader;

/** The room that owns things of a kind says who may see what is attached to them. A kind without a gate stays shut. */
public interface AttachmentGate {

    /** The kind given to {@link Attachments#attach}, such as {@code work_order}. */
    String ownerKind();

    boolean may(Reader reader, int district, String ownerId);
}
