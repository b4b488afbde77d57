package org.hemei.workorder.dispute;

import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Channels and places of the near side. */
@Component
public class DisputeThings implements RoomThings {

    private final OutsideChannels channels;

    DisputeThings(OutsideChannels channels) {
        this.channels = channels;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return switch (name) {
            case "$channel", "$own-channel" -> Optional.of(String.valueOf(channel(town)));
            case "$other-estate" -> Optional.of("other_estate:" + town.near().oldYard());
            default -> Optional.empty();
        };
    }

    public long channel(Town town) {
        return channel(town.near());
    }

    public long channel(Town.Side side) {
        var district = String.valueOf(side.district());
        var said = new OutsideChannels.Entry(
                district, "court", "试区人民法院诉讼服务中心", "物业费和相邻关系要打官司的", "和美路 1 号", "12368", "《民事诉讼法》");
        return channels.set(side.districtDesk(), null, said);
    }
}
