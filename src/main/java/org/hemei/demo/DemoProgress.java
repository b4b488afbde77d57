package org.hemei.demo;

import org.hemei.platform.DemoMode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How far the loading of the demo city is, for the page that people see meanwhile. */
@Component
public class DemoProgress {

    /** @param fraction 0 to 1; @param words what is being done, for people */
    public record State(boolean loading, double fraction, String words) {

        public int percent() {
            return (int) (fraction * 100);
        }
    }

    private volatile State state;
    private volatile @Nullable Throwable fault;

    DemoProgress(DemoMode demo) {
        this.state = new State(demo.on(), 0, demo.on() ? "正在准备示例城市" : "");
    }

    public State state() {
        return state;
    }

    /** Whether pages should wait: false as soon as the city is there, or when there is none to come. */
    public boolean loading() {
        return state.loading;
    }

    void at(double fraction, String words) {
        state = new State(true, fraction, words);
    }

    /** Why it could not be loaded; null when it could, or is still being loaded. */
    @Nullable
    Throwable fault() {
        return fault;
    }

    void failed(Throwable why) {
        fault = why;
        finished("示例城市没有装好。请重新启动再试。");
    }

    void finished(String words) {
        state = new State(false, 1, words);
    }
}
