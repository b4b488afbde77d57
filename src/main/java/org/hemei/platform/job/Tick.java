package org.hemei.platform.job;

/**
 * Something every copy of the process looks after about once a second, on a thread of its own. It must be cheap when
 * there is nothing to do, and safe when several copies do it at once. Rarer work is a db-scheduler {@code Task} bean.
 */
public interface Tick {

    String name();

    void run();
}
