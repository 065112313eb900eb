// Fill Vendure's empty database: node fill.cjs GOODS, a file with one product a line, as goods.py writes it.
// Products go through Vendure's importer, collections and search index through its own jobs; pictures are rows without files.

const { createReadStream } = require("node:fs");
const { createInterface } = require("node:readline");
const {
  Asset, AssetTranslation, ChannelService, CollectionService, ConfigService, FacetService, FacetValueService,
  FastImporterService, JobQueueService, Populator, RequestContextService, SearchService, TaxCategoryService,
  TransactionalConnection, bootstrap,
} = require("@vendure/core");
const { config } = require("./shop.cjs");

const AT_ONCE = 8; // products, one a connection to the database
const LANGUAGE = "en";
const ZONE = "Everywhere";
const FACETS = ["category", "brand", "material", "origin"];
const OPTION = "color";

async function fill(file) {
  const app = await bootstrap(config({ port: 0, filling: true }));
  const goods = await read(file);
  const place = await emptyShop(app);
    await importProducts(app, place, goods);
  await makeCollections(app, place);
  await app.get(SearchService).reindex(place.context);
  await settled(app);
  await place.connection.query("VACUUM ANALYZE");
  await app.close();
}

async function read(file) {
  const goods = [];
  for await (const line of createInterface({ input: createReadStream(file) })) goods.push(JSON.parse(line));
  return goods;
}

async function emptyShop(app) {
  await app.get(Populator).populateInitialData({
    defaultLanguage: LANGUAGE,
    defaultZone: ZONE,
    countries: [{ code: "BR", name: "Brazil", zone: ZONE }],
    taxRates: [{ name: "None", percentage: 0 }],
    shippingMethods: [],
    paymentMethods: [],
    collections: [],
  });
  const channel = await app.get(ChannelService).getDefaultChannel();
  const context = await app.get(RequestContextService).create({
    apiType: "admin", channelOrToken: channel, languageCode: LANGUAGE,
  });
  const tax = (await app.get(TaxCategoryService).findAll(context)).items[0];
  return { channel, context, tax, filters: new Map(), connection: app.get(TransactionalConnection).rawConnection };
}

async function importProducts(app, place, goods) {
  const importer = app.get(FastImporterService);
  await importer.initialize(place.channel);
  await makeFilters(app, place, goods);
  const group = await importer.createProductOptionGroup({ code: OPTION, translations: named(OPTION) });
  const options = new Map();
  for (const color of new Set(goods.flatMap((good) => good.variants.map((variant) => variant.color)))) {
    const option = { productOptionGroupId: group, code: color, translations: named(color) };
    options.set(color, await importer.createProductOption(option));
  }
  const waiting = goods.entries();
  const importing = async () => {
    for (const [n, good] of waiting) {
      await importProduct(importer, place, group, options, good);
      if (n % 1000 === 999) console.error(`  Vendure: ${n + 1} of ${goods.length} products`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, importing));
}

async function makeFilters(app, { context, filters }, goods) {
  for (const code of FACETS) {
    const facet = await app.get(FacetService).create(context, { code, isPrivate: false, translations: named(code) });
    for (const value of new Set(goods.map((good) => good[code]))) {
      const made = await app.get(FacetValueService).create(context, facet, { code: value, translations: named(value) });
      filters.set(`${code}:${value}`, made.id);
    }
  }
}

async function importProduct(importer, place, group, options, good) {
  const pictures = await makePictures(place, good);
  const product = await importer.createProduct({
    enabled: true,
    featuredAssetId: pictures[0],
    assetIds: pictures,
    facetValueIds: FACETS.map((code) => place.filters.get(`${code}:${good[code]}`)),
    translations: [{ languageCode: LANGUAGE, name: good.title, slug: good.slug, description: good.description }],
  });
  await importer.addOptionGroupToProduct(product, group);
  for (const { sku, price, stock, color } of good.variants) {
    await importer.createProductVariant({
      productId: product, sku, price, stockOnHand: stock, optionIds: [options.get(color)], taxCategoryId: place.tax.id,
      translations: named(`${good.title} ${color}`),
    });
  }
}

async function makePictures({ connection, channel }, good) {
  const made = await connection.getRepository(Asset).save(
    good.pictures.map((name) => new Asset({
      type: "IMAGE", mimeType: "image/webp", width: 1280, height: 1280, fileSize: 100_000, channels: [channel],
      source: `source/${name}.webp`, preview: `preview/${name}.webp`,
    })),
  );
  const names = made.map((base, n) => new AssetTranslation({ languageCode: LANGUAGE, name: good.pictures[n], base }));
  await connection.getRepository(AssetTranslation).save(names);
  return made.map((asset) => asset.id);
}

// One for each category: whatever has its value of the filter.
async function makeCollections(app, { context, filters }) {
  const jobs = app.get(JobQueueService);
  await jobs.start();
  for (const [name, id] of filters) {
    const [code, category] = name.split(":");
    if (code !== FACETS[0]) continue;
    await app.get(CollectionService).create(context, {
      filters: [{ code: "facet-value-filter", arguments: [
        { name: "facetValueIds", value: JSON.stringify([id]) }, { name: "containsAny", value: "false" },
      ] }],
      translations: [{ languageCode: LANGUAGE, name: category, slug: category.replace("/", "-"), description: "" }],
    });
  }
  // What waits in the other one is that each variant changed: the whole index is made at once instead.
  await jobs.flush("search-plugin-apply-collection-filters");
  await settled(app);
}

async function settled(app) {
  const queue = app.get(ConfigService).jobQueueOptions.jobQueueStrategy;
  for (;;) {
    const jobs = (await queue.findMany()).items;
    const failed = jobs.find((job) => job.state === "FAILED");
    if (failed) throw new Error(`${failed.queueName}: ${failed.error}`);
    if (jobs.every((job) => job.isSettled)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function named(name) {
  return [{ languageCode: LANGUAGE, name }];
}

fill(process.argv[2]).then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
