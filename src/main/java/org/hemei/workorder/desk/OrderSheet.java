package org.hemei.workorder.desk;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachments;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.desk.OrderForms.Form;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/**
 * One form of one order as it was opened or sent: by whom, of which order, for which verb (its address says it), and what
 * was typed. A controller takes it as its argument and says in a line what the verb does.
 */
public final class OrderSheet {

    private final OrderForms forms;
    private final Form form;
    private final Reader reader;
    private final OrderId id;
    private final Typed typed;

    OrderSheet(OrderForms forms, Form form, Reader reader, OrderId id, Typed typed) {
        this.forms = forms;
        this.form = form;
        this.reader = reader;
        this.id = id;
        this.typed = typed;
    }

    public Reader reader() {
        return reader;
    }

    public OrderId id() {
        return id;
    }

    public Typed typed() {
        return typed;
    }

    public String get(String name) {
        return typed.get(name);
    }

    /** The assist task or the mark that the form is about. */
    public long part() {
        var part = form.assist();
        if (part == null) {
            throw new IllegalStateException(form.verb() + " is about the whole order");
        }
        return part;
    }

    /** Takes in photos that came with the form itself, as they do without script. */
    void take(Attachments attachments, String name, @Nullable List<MultipartFile> files) {
        typed.take(attachments, reader, id.district(), name, files);
    }

    /** The form on its own page; back to the order when it can no longer be used. */
    public ModelAndView page() {
        return forms.page(reader, id, form, typed);
    }

    /** @param work is given the version of the order that the form was made for */
    public ModelAndView act(IntConsumer work) {
        return lead(version -> {
            work.accept(version);
            return Done.next(typed.get("back"), form.verb(), id);
        });
    }

    /** @param work gives the address it leads to, where that is not the order's own */
    public ModelAndView lead(IntFunction<String> work) {
        return forms.act(reader, id, form, typed, () -> work.apply(typed.version()));
    }
}
