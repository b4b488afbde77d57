package org.hemei.testing;

import java.sql.Connection;
import java.sql.SQLException;

/** Two districts with five estates each in a database without the application: enough for orders to stand on. */
public final class BareTown {

    private BareTown() {}

    /** District 349901 and 349902 of the city 3499. */
    public static void in(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    insert into person (name_cipher, masked_name) values ('x', '王**'), ('y', '李**');
                    insert into account (person, created_at) values (1, now()), (2, now());
                    insert into area (code, name, level, parent) values ('3499', '试市', 'city', null),
                        ('349901', '试区', 'district', '3499'), ('349902', '另区', 'district', '3499'),
                        ('349901001', '试街道', 'street', '349901'), ('349902001', '另街道', 'street', '349902'),
                        ('349901001001', '试社区', 'community', '349901001'), ('349902001001', '另社区', 'community', '349902001');
                    insert into body (kind, name, short_name, area, since) values
                        ('backstop_team', '兜底队', '兜底队', '349901001001', '2020-01-01'),
                        ('backstop_team', '另队', '另队', '349902001001', '2020-01-01');
                    insert into estate (name, district, street, community, kinds, households, buildings)
                    select '小区' || n, a.code::int, a.code || '001', a.code || '001001', array['商品房'], 10, 1
                    from generate_series(1, 5) n, area a where a.level = 'district';
                    insert into category (code, parent, name, icon, position, basis) values
                        ('facility', null, '设施', 'wrench', 1, '试'), ('facility.light', 'facility', '灯', 'wrench', 1, '试'),
                        ('house', null, '房屋', 'home', 2, '试'), ('house.leak', 'house', '漏水', 'drop', 1, '试');
                    insert into building (estate, name, floors, position) select id, '1幢', 6, 1 from estate;
                    insert into unit (building, estate, entrance, name, floor, area)
                    select id, estate, 1, '101', 1, 900000 from building;
                    insert into access_grant (account, role, estate, unit, since) select 2, 'RESIDENT', estate, id, now() from unit;
                    """);
        }
    }
}
