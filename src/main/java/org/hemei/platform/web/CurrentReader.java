package org.hemei.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import org.hemei.platform.Reader;

/** Tells who sends a request. The room that knows accounts has a bean of this type. */
public interface CurrentReader {

    /** {@link Reader#VISITOR} when nobody is signed in; the same answer all through one request. */
    Reader of(HttpServletRequest request);
}
