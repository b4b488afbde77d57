package org.hemei.browser;

/** What somebody holds in their hand or has on the table. */
enum Screen {
    SMALL_PHONE(320, 640, true),
    PHONE(390, 844, true),
    DESK(1440, 900, false);

    final int width;
    final int height;
    final boolean touch;

    Screen(int width, int height, boolean touch) {
        this.width = width;
        this.height = height;
        this.touch = touch;
    }
}
