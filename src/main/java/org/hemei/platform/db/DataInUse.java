package org.hemei.platform.db;

import java.nio.file.Path;

/** Another process runs on this data folder. Starting anyway would end its PostgreSQL. */
final class DataInUse extends IllegalStateException {

    DataInUse(Path folder) {
        super("数据文件夹 " + folder + " 正由另一个和美使用。请先停掉它，或者用 HEMEI_DATA 指定另一个文件夹。");
    }
}
