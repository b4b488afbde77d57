package org.hemei.platform.pdf;

import java.time.Instant;

/**
 * What every paper says about itself, for {@code platform/pdf/paper.jte}.
 *
 * @param title the heading, and the title in the file's properties
 * @param foot stands at the foot of each page, before its number: a document number, a digest
 * @param landscape for wide tables
 * @param demo whether the data is invented: every page says so then
 */
public record Paper(String title, String foot, boolean landscape, boolean demo, Instant madeAt) {}
