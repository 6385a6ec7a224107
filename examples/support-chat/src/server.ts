import { Hono } from 'hono';
import { answer } from './answer.js';
import { findArticles, type IndexedArticle, indexArticles } from './search.js';
import { handoverNote } from './summary.js';
import { isUrgent, topicOf } from './triage.js';

let index: IndexedArticle[] = [];

export const app = new Hono();

app.post('/chat', async (c) => {
  const { history, message } = await c.req.json();
  const [urgent, topic] = await Promise.all([isUrgent(message), topicOf(message)]);
  const articles = await findArticles(`${topic}: ${message}`, index);
  const reply = await answer([...history, { role: 'user', content: message }], articles);
  const isHandover = urgent || reply.endsWith('HANDOVER');
  const note = isHandover ? await handoverNote(JSON.stringify([...history, message, reply])) : null;
  return c.json({ reply, topic, note });
});

app.post('/articles', async (c) => {
  index = await indexArticles(await c.req.json());
  return c.json({ indexed: index.length });
});
