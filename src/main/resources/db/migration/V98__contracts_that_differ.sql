-- Contracts that were put right after scores were published: whose year an estate's was is another one now. Whoever runs the campaign
-- looks at it, and puts the scores right on a document.
create table evaluation_contract_differs (
    campaign bigint not null references evaluation_campaign (id),
    estate   bigint not null references estate (id),
    since    timestamptz not null,
    primary key (campaign, estate)
);
