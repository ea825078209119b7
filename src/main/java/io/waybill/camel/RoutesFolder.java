package io.waybill.camel;

import io.waybill.channel.BundleFiles;
import java.util.SortedMap;

/** Where versions of the files come from. */
interface RoutesFolder {
    /** A snapshot of the folder. */
    BundleFiles now();

    /** Files that were accepted before, over what this program ships. */
    BundleFiles stored(SortedMap<String, byte[]> files);
}
