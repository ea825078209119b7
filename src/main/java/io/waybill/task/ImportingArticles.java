package io.waybill.task;

import io.waybill.channel.TaskKind;
import io.waybill.flow.NewArticles;
import io.waybill.flow.Routes;
import io.waybill.ledger.Product;
import io.waybill.ledger.Products;
import io.waybill.ledger.RunSummary;
import io.waybill.ledger.Stocks;
import java.util.List;
import java.util.Set;

/**
 * Keeps what a channel tells of its articles, their images and its stock. Images stay where they are: what is kept is their
 * addresses and what the channel says of them. Orders that waited for an article go out once it appears.
 */
final class ImportingArticles implements Work {
    private final Routes routes;
    private final Products products;
    private final Stocks stocks;
    private final NewArticles newArticles;

    ImportingArticles(Routes routes, Products products, Stocks stocks, NewArticles newArticles) {
        this.routes = routes;
        this.products = products;
        this.stocks = stocks;
        this.newArticles = newArticles;
    }

    @Override
    public Set<TaskKind> kinds() {
        return Set.of(TaskKind.IMPORT_PRODUCTS, TaskKind.IMPORT_IMAGES, TaskKind.IMPORT_FBA_INVENTORY);
    }

    @Override
    public RunSummary run(TaskRun run) {
        RunSummary[] summary = {RunSummary.NOTHING};
        String operation = run.kind().operation().word();
        Told.pages(routes, run.channel(), operation, run.kind().word(), told -> {
            RunSummary page =
                    switch (run.kind()) {
                        case IMPORT_PRODUCTS -> articles(run.channel().name(), Told.products(told));
                        case IMPORT_IMAGES -> images(run.channel().name(), Told.products(told));
                        default -> stock(run.channel().name(), Told.quantities(told));
                    };
            summary[0] = summary[0].plus(page);
            run.progress().accept(summary[0]);
        });
        return summary[0];
    }

    private RunSummary articles(String channel, List<Product> told) {
        Products.Stored stored = products.store(channel, told);
        if (!stored.newSkus().isEmpty()) {
            newArticles.at(channel);
        }
        return counted(told.size(), stored.stored());
    }

    private RunSummary images(String channel, List<Product> told) {
        List<Product> withImages =
                told.stream().filter(product -> product.images() != null).toList();
        return counted(told.size(), products.storeImages(channel, withImages));
    }

    private RunSummary stock(String channel, List<Stocks.Quantity> told) {
        return counted(told.size(), stocks.store(channel, told));
    }

    private static RunSummary counted(int looked, int stored) {
        return new RunSummary(looked, stored, looked - stored, 0, 0);
    }
}
