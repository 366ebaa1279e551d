// n8n finds the nodes by the list "n8n" in package.json and never loads this file. It is here since
// "main" has to name one.
module.exports = {};
