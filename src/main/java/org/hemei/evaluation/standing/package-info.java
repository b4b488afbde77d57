/** How a campaign stands, for whoever runs it: estate by estate what was gathered and who owes what, and score by score what came of it. */
@org.jspecify.annotations.NullMarked
package org.hemei.evaluation.standing;
