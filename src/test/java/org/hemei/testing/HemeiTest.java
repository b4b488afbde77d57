package org.hemei.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.hemei.Hemei;
import org.hemei.RouteThings;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole application on a real PostgreSQL, without the demo city; MockMvc, {@link Towns}, {@link Orders} and {@link MovableClock} can
 * be autowired. Tests share one application and one database: each makes its own {@link Town}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(classes = Hemei.class)
@AutoConfigureMockMvc
@ContextConfiguration(initializers = TestSettings.class)
@Import({
    Towns.class,
    Orders.class,
    MovableClock.class,
    Pump.class,
    Counting.class,
    FewThresholds.class,
    TakenLists.class,
    RouteThings.class
})
public @interface HemeiTest {}
