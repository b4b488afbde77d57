package org.hemei.workorder;

import java.util.Set;
import org.hemei.platform.Reader;
import org.springframework.ui.Model;

/** One way of showing an order. All share the address /orders/{id}; {@link OrderAddress} picks by who asks. */
public interface OrderScreen {

    /** Whether this screen is for somebody with these standings. */
    boolean serves(Set<Standing> standings);

    /** Fills the model and names the view. */
    String show(Reader reader, OrderId id, Model model);
}
