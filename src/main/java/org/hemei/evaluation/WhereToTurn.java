package org.hemei.evaluation;

import java.time.Instant;
import java.util.Optional;

/** Where whoever is not satisfied with an answer goes, as the bureau of an area entered it for its papers (decision 83). */
public interface WhereToTurn {

    /**
     * @param name of the bureau; desk: the same with where papers are handed in
     * @param ways the ways outside the bureau, each with its time and its law
     */
    record Where(String name, String desk, String ways) {}

    /** As it was at the moment of a paper; empty where the area itself entered nothing. */
    Optional<Where> of(String area, Instant at);
}
